import { describeDestination, HttpPeer } from "@sessionhook/conformance/destination-suite";
import { drivers } from "../registry.js";

const path = "services/T00CANARY/B00CANARY/slackcanarytoken24chars";

const textOf = (body: Buffer) => (JSON.parse(body.toString()) as { readonly text: string }).text;

describeDestination("slack", {
  can: ["slow", "hangs", "fails"],
  sends: 2,
  failure: "retry",
  secrets: ["T00CANARY", "B00CANARY", "slackcanarytoken24chars"],
  make: async () => {
    const peer = await HttpPeer.listen();
    return {
      open: () =>
        drivers.slack.create(
          { url: `${peer.origin}/${path}`, network: "private" },
          { name: "sales", folder: "/", now: Date.now },
        ),
      behave: async (how) => void (peer.behaviour = how),
      // The name of the company is the id.
      arrived: async () => peer.stored.flatMap(({ body }) => textOf(body).match(/evt\d+x[0-9a-f]{8}/g) ?? []),
      cleanup: () => peer.close(),
    };
  },
});
