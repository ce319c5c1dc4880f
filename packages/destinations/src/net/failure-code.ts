import { AddressError } from "./resolver.js";

const codes: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "connection_reset",
  EPIPE: "connection_reset",
  ETIMEDOUT: "connect_timeout",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ENOTFOUND: "dns_not_found",
  ENODATA: "dns_not_found",
  EMFILE: "too_many_open_files",
  ENFILE: "too_many_open_files",
  EACCES: "not_permitted",
  EPERM: "not_permitted",
  CERT_HAS_EXPIRED: "tls_certificate_expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls_name_mismatch",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls_certificate_untrusted",
  SELF_SIGNED_CERT_IN_CHAIN: "tls_certificate_untrusted",
};

const patterns: readonly (readonly [RegExp, string])[] = [
  [/^(?:UNABLE_TO_|CERT_)/, "tls_certificate_untrusted"],
  [/^(?:ERR_SSL_|ERR_TLS_|EPROTO$)/, "tls_failed"],
  [/^HPE_/, "invalid_answer"],
  [/^(?:EAI_|ESERVFAIL$|EREFUSED$|EQUERY|EBADRESP$|ENOTIMP$|EFORMERR$)/, "dns_failed"],
];

/** Returns a stable code for an error of resolver, connection or TLS. The messages contain names and addresses. */
export function failureCode(error: unknown): string {
  if (error instanceof AddressError) return error.problem;
  if (typeof error !== "object" || error === null) return "connection_failed";
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  // Deno's permissions.
  if (name === "NotCapable" || name === "PermissionDenied") return "not_permitted";
  if (typeof code !== "string") return "connection_failed";
  return codes[code] ?? patterns.find(([pattern]) => pattern.test(code))?.[1] ?? "connection_failed";
}

/** Returns true if nothing was sent, so that another address of the host may be tried. */
export function isConnectFailure(code: string): boolean {
  return code === "connection_refused" || code === "unreachable" || code === "connect_timeout";
}
