import type { PersonQuery } from "@sessionhook/core";
import { PersonSearch } from "@sessionhook/core/privacy";
import { storedKeyOf } from "../deliveries/cooldown-key.js";
import type { PrivacySession } from "./session.js";

interface FilteredReplay {
  readonly number: number;
  readonly state: string;
  readonly filter: string;
}

/**
 * Removes the person from where operators or the router put it: filters of replays and keys of cooldowns. A replay that runs with a
 * filter that names the person ends, because it cannot go on without it.
 * @param everyEnded remove the filters of ended replays whatever they name: a name or another address of the person is not in the query
 * @returns the number of replays that ended
 */
export function eraseSettings(
  session: PrivacySession,
  query: PersonQuery,
  now: number,
  everyEnded: boolean,
): number {
  const search = new PersonSearch(query);
  return session.transaction(() => {
    let cancelled = 0;
    for (const { number, state, filter } of session.all<FilteredReplay>(filteredSql)) {
      const running = state === "running";
      if (!search.isNamedBy(filter) && (running || !everyEnded)) continue;
      session.run(withoutFilterSql, number);
      if (!running) continue;
      session.run("UPDATE replays SET finished_at = ?, state = 'cancelled' WHERE number = ?", now, number);
      cancelled++;
    }
    session.run(cooldownsSql, JSON.stringify(search.cooldownKeys.map(storedKeyOf)));
    return cancelled;
  });
}

const filteredSql =
  "SELECT number, state, spec ->> '$.when' AS filter FROM replays WHERE spec ->> '$.when' IS NOT NULL";
const withoutFilterSql = "UPDATE replays SET spec = json_remove(spec, '$.when') WHERE number = ?";
/** An app of an older version that runs beside this one stores keys as they are. */
const cooldownsSql = `DELETE FROM cooldowns WHERE key IN (SELECT value FROM json_each(?))
  OR key GLOB 'person:*' OR key GLOB 'company:*'`;
