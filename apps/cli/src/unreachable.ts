import { type CliError, failure } from "./cli-error.js";
import { networkReason } from "./http.js";
import { setting, type Shell } from "./shell.js";

/** Returns the error for a server that did not answer, with what to do. */
export function unreachable(shell: Shell, url: URL, error: unknown): CliError {
  return unanswered(
    shell,
    url,
    error,
    ": start the server, or name another address with --url, or HOST and PORT",
  );
}

/**
 * Returns the error for a server that did not answer, for a command that gives its own advice.
 * @param start the advice where nothing listens
 */
export function unanswered(shell: Shell, url: URL, error: unknown, start = ""): CliError {
  const reason = networkReason(error);
  const code = reason === "TIMEOUT" ? "timeout" : "unreachable";
  const message = explanation(url, reason, start) + proxyHint(shell, url);
  return failure(code, message, { cause: error, temporary: reason !== "BAD_PORT" });
}

function explanation(url: URL, reason: string, start: string): string {
  if (reason === "ECONNREFUSED") return `nothing listens at ${url.origin}${start}`;
  if (reason === "ENOTFOUND" || reason === "EAI_AGAIN") return `the host ${url.hostname} is not known`;
  if (reason === "BAD_PORT") return `fetch does not connect to port ${url.port}; choose another one`;
  if (reason === "TIMEOUT") return `${url.origin} did not answer in time`;
  if (reason === "ERR_SSL_WRONG_VERSION_NUMBER" || reason === "ERR_SSL_PACKET_LENGTH_TOO_LONG")
    return `${url.origin} does not speak TLS (${reason}); is it http:// instead of https://?`;
  if (/CERT|SIGNATURE/.test(reason))
    return `the certificate of ${url.origin} is not trusted (${reason}); NODE_EXTRA_CA_CERTS names a file with more authorities`;
  return `${url.origin} cannot be reached (${reason})`;
}

/** Returns a hint about proxy settings: Node ignores them unless NODE_USE_ENV_PROXY is set. */
function proxyHint(shell: Shell, url: URL): string {
  const names = url.protocol === "https:" ? ["HTTPS_PROXY", "https_proxy"] : ["HTTP_PROXY", "http_proxy"];
  const name = names.find((name) => setting(shell, name) !== undefined);
  const used = setting(shell, "NODE_USE_ENV_PROXY") === "1";
  if (name === undefined) return "";
  return used
    ? `; ${name} is set and used, NO_PROXY names hosts to reach without it`
    : `; ${name} is set, and Node uses it only with NODE_USE_ENV_PROXY=1`;
}
