import { message, requestOf } from "@sessionhook/conformance/signed-message";
import { expect, it } from "vitest";
import { makeHandler } from "./make-handler.js";

it("of more requests at once than the memory budget has room for, some are answered 200 and the others 503", async () => {
  const { webhook } = makeHandler({ memoryBudgetBytes: 2_000_000, maxBodyBytes: 100_000 });
  for (const count of [50, 100, 130, 400]) {
    const requests = Array.from({ length: count }, () => requestOf(message()));
    const statuses = (await Promise.all(requests.map(webhook))).map(({ status }) => status);
    const accepted = statuses.filter((status) => status === 200).length;
    expect(accepted).toBeGreaterThanOrEqual(50);
    expect(statuses.filter((status) => status === 503).length).toBe(count - accepted);
    expect((await webhook(requestOf(message()))).status).toBe(200);
  }
});
