import { formatPlural } from "../format/number.js";
import { Journey, type Visit } from "./journey.js";
import { PagesNav } from "./pages-nav.js";

interface VisitsSectionProps {
  readonly visits: readonly Visit[];
  /** Number of all sessions. */
  readonly sessions: number;
  readonly newest: string | undefined;
  readonly older: string | undefined;
  readonly now: number;
  /** Names the visitor of each visit. */
  readonly named?: boolean;
}

/** Renders the journey of a person or a company, newest visit first, by pages. */
export function VisitsSection({ visits, sessions, newest, older, now, named = false }: VisitsSectionProps) {
  return (
    <section class="panel" aria-labelledby="journey">
      <div class="panel-head">
        <h2 id="journey">Journey</h2>
        {sessions > 0 && (
          <span class="note">{formatPlural(sessions, "session")}, bots included, newest first</span>
        )}
      </div>
      {visits.length === 0 ? (
        <p class="note">{sessions === 0 ? "No session is known." : "No session on this page."}</p>
      ) : (
        <Journey visits={visits} now={now} named={named} />
      )}
      <PagesNav newest={newest} older={older} />
    </section>
  );
}
