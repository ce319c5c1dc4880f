import type { PersonQuery } from "@sessionhook/core";
import { storedKeyOf } from "../deliveries/cooldown-key.js";
import type { PrivacySession } from "./session.js";

/**
 * Removes the value of the query from where operators or the router put it: filters of replays and keys of cooldowns. A replay that
 * runs with such a filter ends, because it cannot go on without it.
 */
export function eraseSettings(session: PrivacySession, query: PersonQuery, now: number): void {
  const value = (query.email ?? query.linkedin ?? query.visitorId ?? query.sessionId ?? "")
    .trim()
    .toLowerCase();
  session.transaction(() => {
    session.run(replaysSql, now, value);
    session.run("DELETE FROM cooldowns WHERE key = ?", storedKeyOf(`person:${value}`));
  });
}

const replaysSql = `UPDATE replays SET spec = json_remove(spec, '$.when'),
    finished_at = iif(state = 'running', ?, finished_at),
    state = iif(state = 'running', 'cancelled', state)
  WHERE instr(lower(spec ->> '$.when'), ?) > 0`;
