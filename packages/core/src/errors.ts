import type { Issue, IssueList } from "./issue-list.js";

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

  /** Returns whether `error` is of this class, even if another installed copy of the package created it. */
  static isInstance<T extends abstract new (...args: never[]) => unknown>(
    this: T & { readonly errorName: string },
    error: unknown,
  ): error is InstanceType<T> {
    if (typeof error !== "object" || error === null || !(marker in error)) return false;
    return this.errorName === "SessionhookError" || (error as { name?: unknown }).name === this.errorName;
  }
}

/** The reason why verification of a message failed; HTTP problem documents carry the same codes. */
export type SignatureErrorCode =
  | "missing_header"
  | "malformed_header"
  | "signature_mismatch"
  | "timestamp_too_old"
  | "timestamp_too_new";

/**
 * Signature verification failed. The body has not been parsed.
 *
 * @example
 * ```ts
 * import { SignatureError, unwrap } from "@sessionhook/core";
 *
 * let code: string | undefined;
 * try {
 *   unwrap("{}", { headers: {}, secrets: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" });
 * } catch (error) {
 *   if (SignatureError.isInstance(error)) code = error.code;
 * }
 * code; // => "missing_header"
 * ```
 */
export class SignatureError extends SessionhookError {
  static override readonly errorName: string = "SignatureError";
  readonly code: SignatureErrorCode;

  constructor(code: SignatureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * A genuine event of a known type does not fit its schema. `issues` lists paths and expected types, never values;
 * `total` counts all issues, or those up to a limit if `exact` is false.
 *
 * @example
 * ```ts
 * import { InvalidPayloadError, sign, unwrap } from "@sessionhook/core";
 *
 * const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
 * const body = '{"type":"identity.resolved"}';
 * const paths: string[] = [];
 * try {
 *   unwrap(body, { headers: sign(body, { id: "evt_1", secret }), secrets: secret });
 * } catch (error) {
 *   if (InvalidPayloadError.isInstance(error)) paths.push(...error.issues.map(({ path }) => path));
 * }
 * paths; // => ["data", "id", "created"]
 * ```
 */
export class InvalidPayloadError extends SessionhookError implements IssueList {
  static override readonly errorName: string = "InvalidPayloadError";
  readonly code = "invalid_payload";
  readonly issues: readonly Issue[];
  readonly total: number;
  readonly exact: boolean;

  constructor({ issues, total, exact }: IssueList, options?: ErrorOptions) {
    const [first] = issues;
    const where =
      first === undefined ? "" : `: ${first.path === "" ? "" : `${first.path}: `}${first.message}`;
    const more = total > 1 ? ` (and ${exact ? "" : "at least "}${total - 1} more)` : "";
    super(`The payload does not fit the schema of its event type${where}${more}`, options);
    this.issues = issues;
    this.total = total;
    this.exact = exact;
  }
}

export type ConfigurationErrorCode = "invalid_secret" | "invalid_option";

/**
 * A secret or option that cannot be used. Thrown when it is configured, not when the first event arrives.
 *
 * @example
 * ```ts
 * import { ConfigurationError, SigningSecrets } from "@sessionhook/core";
 *
 * let message: string | undefined;
 * try {
 *   new SigningSecrets(process.env.UNSET_SECRET ?? "");
 * } catch (error) {
 *   if (ConfigurationError.isInstance(error)) message = error.message;
 * }
 * message?.startsWith("The signing secret is empty"); // => true
 * ```
 */
export class ConfigurationError extends SessionhookError {
  static override readonly errorName: string = "ConfigurationError";
  readonly code: ConfigurationErrorCode;

  constructor(code: ConfigurationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type StoreErrorCode =
  | "store_unavailable"
  | "store_too_new"
  | "store_too_old"
  | "store_foreign"
  | "invalid_cursor";

/**
 * A store operation failed. `store_unavailable`: nothing was stored, retry; `store_too_new`: the store was written by
 * a newer version and is unchanged; `store_too_old`: an older version made the store, it was opened without an upgrade, and is
 * unchanged; `store_foreign`: the file or database belongs to another application or is
 * damaged, and is unchanged; `invalid_cursor`: the cursor does not come from this store.
 */
export class StoreError extends SessionhookError {
  static override readonly errorName: string = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
