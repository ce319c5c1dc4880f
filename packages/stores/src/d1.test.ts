import { workerdMissing } from "@sessionhook/conformance/workerd";
import { describeEventLog } from "@sessionhook/conformance/event-log-suite";
import { afterAll, describe } from "vitest";
import { D1Databases } from "../test/d1-databases.js";
import { createD1Store } from "./d1.js";

const missing = workerdMissing();

// workerd may close an idle connection in the moment in which Miniflare sends the next request over it (EPIPE).
const options = { retry: 2 };
const title = missing === undefined ? "" : ` (${missing})`;

describe.skipIf(missing !== undefined)(`D1 in workerd${title}`, options, () => {
  const databases = missing === undefined ? new D1Databases() : undefined;
  afterAll(() => databases?.dispose());

  describeEventLog("D1", {
    persistent: true,
    make: async () => {
      const database = await (databases as D1Databases).fresh();
      return { open: async () => createD1Store({ database }), cleanup: async () => undefined };
    },
  });
});
