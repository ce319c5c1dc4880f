import { deliveryItem, HttpPeer, noDeadline } from "@sessionhook/conformance/destination-suite";
import { expect, it, onTestFinished } from "vitest";
import { drivers } from "../registry.js";

it("messages arrive at most one a second, also if one leaves late", async () => {
  const peer = await HttpPeer.listen();
  onTestFinished(() => peer.close());
  const times: number[] = [];
  peer.answer = (_, response) => {
    times.push(performance.now());
    response.end("ok");
  };
  const config = { url: `${peer.origin}/services/x`, network: "private" as const, digest: false };
  const destination = await drivers.slack.create(config, { name: "sales", folder: "/", now: Date.now });
  onTestFinished(() => destination.close());
  const sent = destination.send([deliveryItem(), deliveryItem(), deliveryItem()], noDeadline);
  setImmediate(() => {
    const until = performance.now() + 500;
    while (performance.now() < until);
  });
  const outcomes = await sent;
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["delivered", "delivered", "delivered"]);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(gaps).toHaveLength(2);
  for (const gap of gaps) expect(gap).toBeGreaterThan(900);
});
