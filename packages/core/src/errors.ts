const marker = Symbol.for("sessionhook.error");

/**
 * Base of every error this project throws on purpose. `code` is stable and safe to branch on; the
 * message never contains a secret, a computed signature or anything read from a payload.
 */
export abstract class SessionhookError extends Error {
  abstract readonly code: string;
  /** @internal The class name as data: it survives minifiers and duplicate installs. */
  static readonly errorName: string = "SessionhookError";
  /** @internal */
  readonly [marker] = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.errorName;
  }

  /** True for an error of this class, also when it was made by another installed copy of the package. */
  static isInstance<T extends abstract new (...args: never[]) => unknown>(
    this: T & { readonly errorName: string },
    error: unknown,
  ): error is InstanceType<T> {
    if (typeof error !== "object" || error === null || !(marker in error)) return false;
    return this.errorName === "SessionhookError" || (error as { name?: unknown }).name === this.errorName;
  }
}

/** Why a request was not taken as a genuine delivery; the same codes appear in HTTP problem documents. */
export type SignatureErrorCode =
  | "missing_header"
  | "malformed_header"
  | "signature_mismatch"
  | "timestamp_too_old"
  | "timestamp_too_new";

/** A delivery that could not be proven genuine. Nothing in its body has been read. */
export class SignatureError extends SessionhookError {
  static override readonly errorName: string = "SignatureError";
  readonly code: SignatureErrorCode;

  constructor(code: SignatureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A genuine event of a known type that does not fit its schema. `issues` names each misfit, never a value. */
export class InvalidPayloadError extends SessionhookError {
  static override readonly errorName: string = "InvalidPayloadError";
  readonly code = "invalid_payload";
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[], options?: ErrorOptions) {
    const { named, unnamed, atLeast } = tellIssues(issues);
    const [first] = named;
    const where =
      first === undefined ? "" : `: ${first.path === "" ? "" : `${first.path}: `}${first.message}`;
    const others = named.length - 1 + unnamed;
    const more = others > 0 ? ` (and ${atLeast ? "at least " : ""}${others} more)` : "";
    super(`The payload does not fit the schema of its event type${where}${more}`, options);
    this.issues = issues;
  }
}

export type ConfigurationErrorCode = "invalid_secret" | "invalid_option";

/** A secret or option that cannot be used. Thrown when it is configured, not when the first event arrives. */
export class ConfigurationError extends SessionhookError {
  static override readonly errorName: string = "ConfigurationError";
  readonly code: ConfigurationErrorCode;

  constructor(code: ConfigurationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type StoreErrorCode = "store_unavailable" | "store_too_new" | "store_foreign" | "invalid_cursor";

/**
 * A store that did not do what was asked. `store_unavailable`: nothing was kept, try again;
 * `store_too_new`: written by a newer version, nothing was touched; `store_foreign`: the file or
 * database belongs to something else or is damaged, nothing was touched; `invalid_cursor`: not a cursor of this store.
 */
export class StoreError extends SessionhookError {
  static override readonly errorName: string = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** One misfit between a payload and its schema. Never contains a value of the payload. */
export interface Issue {
  /** Where, written as in the reference: `data.enrichment.companies[0].name`; empty for the whole body. */
  readonly path: string;
  /** What was expected there, and which JSON type was found. */
  readonly message: string;
}

/** A list of misfits, read: those it names, and how many there are that it only counts. */
export interface ToldIssues {
  readonly named: readonly Issue[];
  readonly unnamed: number;
  /** There may be more: counting ended. */
  readonly atLeast: boolean;
}

/** The last entry of a list that names not all: `and 12 more`. */
export function unnamedIssues(count: number, atLeast: boolean): Issue {
  return { path: "", message: `and ${atLeast ? "at least " : ""}${count} more` };
}

/** Tells the misfits that a list names from its last entry, where that only counts. */
export function tellIssues(issues: readonly Issue[]): ToldIssues {
  const last = issues.at(-1);
  const counted = last?.path === "" ? /^and (at least )?(\d{1,9}) more$/.exec(last.message) : null;
  if (counted === null) return { named: issues, unnamed: 0, atLeast: false };
  return { named: issues.slice(0, -1), unnamed: Number(counted[2]), atLeast: counted[1] !== undefined };
}
