import { type Behaviour, describeDestination } from "@sessionhook/conformance/destination-suite";
import { drivers } from "../registry.js";

describeDestination("code", {
  can: ["slow", "hangs", "fails"],
  sends: 20,
  failure: "retry",
  secrets: [],
  make: async () => {
    const stored: string[] = [];
    let behaviour: Behaviour = "works";
    return {
      open: () =>
        drivers.code.create(
          {
            handle: async (event, { signal, idempotencyKey }) => {
              const how = behaviour;
              if (how === "fails") throw new Error(`Cannot store ${JSON.stringify(event)}`);
              if (how === "hangs") await new Promise(() => undefined);
              if (how === "slow") await new Promise((resolve) => setTimeout(resolve, 300));
              signal.throwIfAborted();
              stored.push(idempotencyKey);
            },
          },
          { name: "crm", folder: "/", now: Date.now },
        ),
      behave: async (how) => void (behaviour = how),
      arrived: async () => stored,
      cleanup: async () => undefined,
    };
  },
});
