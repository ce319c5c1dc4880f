import { expect, test } from "vitest";
import { unsupportedNode } from "./node-version.js";

test.each(["22.13.0", "22.13.1", "22.14.0", "24.0.0", "100.1.0"])("Node %s is supported", (version) => {
  expect(unsupportedNode(version)).toBeUndefined();
});

test.each(["22.12.9", "20.19.0", "18.20.1", "0.12.18"])("Node %s is not supported", (version) => {
  expect(unsupportedNode(version)).toBe(`needs Node 22.13 or newer; this is v${version}`);
});
