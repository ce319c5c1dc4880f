import type { CompanyRow, PageView, PersonRow, SessionRow, VisitSummary } from "../ports/fact-store.js";

/** What the newest event says about a person; their sums come from the sessions. */
export type PersonRecord = Omit<
  PersonRow,
  Exclude<keyof VisitSummary, "key" | "name"> | "companyName" | "companyDomain"
>;

/** What the newest event says about a company. */
export type CompanyRecord = Omit<CompanyRow, Exclude<keyof VisitSummary, "key" | "name"> | "people">;

/** Everything that the derived tables store about one event. */
export interface DerivedRecords {
  /** Undefined for an event without a session, such as `identity.enriched`: it only completes person and company. */
  readonly session: SessionRow | undefined;
  readonly pages: readonly PageView[];
  readonly person: PersonRecord | undefined;
  readonly company: CompanyRecord | undefined;
  /**
   * Decides between several events of one session, person or company: the higher one wins, then the later in the log. A
   * final record has precedence over any that is not; then `finalizedAt`, else the creation of the event.
   */
  readonly precedence: { readonly final: boolean; readonly at: number };
}
