import { describeDestination, HttpPeer } from "@sessionhook/conformance/destination-suite";
import { generateSecret } from "@sessionhook/core";
import { drivers } from "../registry.js";

const secret = generateSecret();
const planted = {
  path: "hook-path-4711-canary",
  query: "query-canary-0815",
  token: "token-canary-1234567890",
};

describeDestination("http", {
  can: ["slow", "hangs", "fails"],
  sends: 20,
  failure: "retry",
  secrets: [secret, secret.slice(6), ...Object.values(planted)],
  make: async () => {
    const peer = await HttpPeer.listen();
    return {
      open: () =>
        drivers.http.create(
          {
            url: `${peer.origin}/${planted.path}?key=${planted.query}`,
            secret,
            network: "private",
            headers: { Authorization: `Bearer ${planted.token}` },
          },
          { name: "backend", folder: "/", now: Date.now },
        ),
      behave: async (how) => void (peer.behaviour = how),
      arrived: async () => peer.stored.map(({ headers }) => String(headers["webhook-id"])),
      cleanup: () => peer.close(),
    };
  },
});
