import { workerdMissing } from "@sessionhook/conformance/workerd";
import { describeEventLog } from "@sessionhook/conformance/event-log-suite";
import { afterAll, describe } from "vitest";
import { D1Databases } from "../test/d1-databases.js";
import { createD1Store } from "./d1.js";

const missing = workerdMissing();

describe.skipIf(missing !== undefined)(`D1 in workerd${missing === undefined ? "" : ` (${missing})`}`, () => {
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
