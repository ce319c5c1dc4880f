/** One misfit between a payload and its schema. Never contains a value of the payload. */
export interface Issue {
  /** Where, written as in the reference: `data.enrichment.companies[0].name`; empty for the whole body. */
  readonly path: string;
  /** What was expected there, and which JSON type was found. */
  readonly message: string;
}
