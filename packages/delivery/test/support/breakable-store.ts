import type { DeliveryStore } from "@sessionhook/core";

/** A store whose methods all reject while it is broken. */
export function breakable(target: DeliveryStore) {
  const state = { broken: false };
  const store = new Proxy(target, {
    get:
      (target, key) =>
      async (...args: unknown[]) => {
        if (state.broken) throw new Error("disk");
        return (Reflect.get(target, key) as (...args: unknown[]) => unknown).apply(target, args);
      },
  });
  return { store, state };
}
