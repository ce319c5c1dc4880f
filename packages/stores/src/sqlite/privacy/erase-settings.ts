import type { PersonQuery } from "@sessionhook/core";
import { storedKeyOf } from "../deliveries/cooldown-key.js";
import type { PrivacySession } from "./session.js";

/**
 * Removes the value of the query from where operators or the router put it: filters of replays and keys of cooldowns. A replay that
 * runs with such a filter ends, because it cannot go on without it. The filters of ended replays go whatever they name: a name or
 * another address of the person is not in the query.
 */
export function eraseSettings(session: PrivacySession, query: PersonQuery, now: number): void {
  const value = (query.email ?? query.linkedin ?? query.visitorId ?? query.sessionId ?? "")
    .trim()
    .toLowerCase();
  session.transaction(() => {
    session.run(replaysSql, now, value);
    session.run(cooldownsSql, storedKeyOf(`person:${value}`));
  });
}

/** An app of an older version that runs beside this one stores keys as they are. */
const cooldownsSql = "DELETE FROM cooldowns WHERE key = ? OR key GLOB 'person:*' OR key GLOB 'company:*'";
const replaysSql = `UPDATE replays SET spec = json_remove(spec, '$.when'),
    finished_at = iif(state = 'running', ?, finished_at),
    state = iif(state = 'running', 'cancelled', state)
  WHERE state <> 'running' OR instr(lower(spec ->> '$.when'), ?) > 0`;
