import { codeOf, problemText } from "../http.js";
import { harmless } from "../shell.js";
import type { Check, Finding } from "./finding.js";
import type { Answer } from "./probe.js";

/** Explains an answer that is not the one of a Sessionhook server that is well. */
export function explainAnswer(finding: Check, answer: Answer): Finding {
  const { url, status, headers, fields } = answer;
  const got = `${url.href} answered ${status}`;
  if (status >= 300 && status < 400) {
    const to = URL.parse(headers.get("location") ?? "", url);
    const where = to === null ? "nowhere" : harmless(`${to.origin}${to.pathname}`);
    return finding("failed", `${got}, a redirect to ${where}`, redirectAction(url, to));
  }
  const code = codeOf(fields["code"]);
  if (code === undefined)
    return finding(
      "failed",
      `${got}${headers.get("content-type")?.includes("html") === true ? " with an HTML page" : ""}, not an answer of Sessionhook`,
      "a proxy or another program answers: check the host, the port and to where the proxy passes the requests; with a path, SESSIONHOOK_BASE_PATH must match it",
    );
  const detail = problemText({ ...fields });
  return finding("failed", `${got} ${code}${detail === "" ? "" : `: ${detail}`}`, actions[code]);
}

function redirectAction(url: URL, to: URL | null): string {
  return url.protocol === "http:" && to?.protocol === "https:"
    ? "give the provider and --url the address with https://; senders follow no redirects"
    : "give the provider and --url the address that answers itself; senders follow no redirects";
}

const actions: Readonly<Record<string, string>> = {
  unauthorized: "set SESSIONHOOK_ADMIN_TOKEN to the token of the server, or give --token",
  store_unavailable:
    "the disk is full, read-only or locked, files were moved, or the database is out of reach: the log of the server names the reason",
  not_found:
    "the path differs: a proxy removes or adds a part of it; set SESSIONHOOK_BASE_PATH to the path that the server receives",
  misdirected_request: "let the proxy pass the Host header on; nginx needs proxy_set_header Host $http_host",
  malformed_header: "a proxy sends an invalid Host header or none; let it pass the Host header on",
  misconfigured: "correct the setting that it names",
};
