import { expect, it } from "vitest";
import { errorsOf, settleAll } from "./settle-all.js";

const failing = async (failure: unknown) => {
  throw failure;
};

it("waits for all, and throws each error once", async () => {
  const [one, other] = [new Error("one"), new Error("other")];
  let done = false;
  const late = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => void (done = true));
  await expect(settleAll([failing(one), undefined, failing(one), late])).rejects.toBe(one);
  expect(done).toBe(true);
  const both: unknown = await settleAll([failing(one), settleAll([failing(one), failing(other)])]).catch(
    (error: unknown) => error,
  );
  expect(errorsOf(both)).toEqual([one, other]);
  await settleAll([late, undefined]);
});
