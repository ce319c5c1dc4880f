import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publishedPackages } from "../packed/consumer.js";

interface Manifest {
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
  readonly typesVersions?: { readonly "*": Readonly<Record<string, readonly string[]>> };
}

/** TypeScript with `moduleResolution: node10` reads `typesVersions` instead of `exports`. */
describe.each(publishedPackages().map(({ folder, manifest }) => [manifest.name, folder] as const))(
  "%s",
  (_, folder) => {
    it("has the declarations of every subpath in typesVersions too", () => {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
      const exported = Object.entries(manifest.exports ?? {}).flatMap(([key, to]) =>
        key === "." || typeof to === "string" ? [] : [[key.replace("./", ""), [to.types]]],
      );
      expect(manifest.typesVersions?.["*"] ?? {}).toEqual(Object.fromEntries(exported));
    });
  },
);
