import { StoreError } from "@sessionhook/core";
import { log } from "@sessionhook/ingest";

/** Logs when a check begins to fail, with the reason, and when it succeeds again: /readyz needs no token and names none. */
export function withChangesLogged(check: () => Promise<void>): () => Promise<void> {
  let failing = false;
  return async () => {
    try {
      await check();
    } catch (error) {
      if (!failing && StoreError.isInstance(error))
        log.error("the store does not accept writes", { reason: error.message });
      failing = true;
      throw error;
    }
    if (failing) log.info("the store accepts writes again");
    failing = false;
  };
}
