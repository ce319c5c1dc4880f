import { CliError } from "../cli-error.js";
import type { Shell } from "../shell.js";
import { explainAnswer } from "./answers.js";
import { checkClock } from "./clock.js";
import { checkDestinations, configuredDestinations } from "./destinations.js";
import { type Finding, findingsOf, messageOf } from "./finding.js";
import { type Answer, probe, type Target } from "./probe.js";
import { checkRejections } from "./rejections.js";

const server = findingsOf("server");
const readiness = findingsOf("readiness");
const api = findingsOf("admin API");

export interface ServerFindings {
  readonly findings: readonly Finding[];
  /** Number of destinations that its configuration has; undefined if it is not known. */
  readonly configured?: number | undefined;
}

/** Checks the running server: its answers through the given URL, its clock, its rejections and destinations. */
export async function checkServer(
  shell: Shell,
  target: Target,
  toleranceSeconds: number,
): Promise<ServerFindings> {
  const open = { url: target.url, token: undefined };
  let health: Answer;
  try {
    health = await probe(shell, open, "healthz");
  } catch (error) {
    return { findings: [server("failed", messageOf(error), actionFor(error))] };
  }
  const clock = checkClock(health, toleranceSeconds);
  if (health.status !== 200 || health.fields["status"] !== "ok")
    return { findings: [explainAnswer(server, health), clock] };
  const findings = [server("ok", `${health.url.origin} answers as Sessionhook`), clock];
  try {
    const ready = await probe(shell, open, "readyz");
    findings.push(
      ready.fields["status"] === "ready"
        ? readiness("ok", "the store accepts writes")
        : explainAnswer(readiness, ready),
    );
    const more = await checkWithToken(shell, target);
    return { ...more, findings: [...findings, ...more.findings] };
  } catch (error) {
    const stopped = server("failed", `it stopped answering: ${messageOf(error)}`, "look at its log");
    return { findings: [...findings, stopped] };
  }
}

/** Returns the next step for a server that did not answer. */
function actionFor(error: unknown): string {
  return error instanceof CliError && error.code === "unreachable"
    ? "start the server, or name another address with --url, or HOST and PORT"
    : "name its address with --url, or with HOST and PORT";
}

async function checkWithToken(shell: Shell, target: Target): Promise<ServerFindings> {
  if (target.token === undefined) {
    const action = "set SESSIONHOOK_ADMIN_TOKEN, or give --token";
    const message = "there is no admin token, so rejections and destinations are not checked either";
    return { findings: [api("not checked", message, action)] };
  }
  const stats = await probe(shell, target, "api/stats");
  if (stats.status !== 200) return { findings: [explainAnswer(api, stats)] };
  const { accepted, quarantined } = stats.fields;
  if (typeof accepted !== "number" || typeof quarantined !== "number")
    return { findings: [explainAnswer(api, stats)] };
  const findings = [
    api("ok", `the token is valid; stored: ${accepted} accepted, ${quarantined} quarantined`),
  ];
  findings.push(...checkRejections(shell, await probe(shell, target, "metrics")));
  const destinations = await probe(shell, target, "api/destinations");
  findings.push(...checkDestinations(shell, destinations));
  return { findings, configured: configuredDestinations(destinations) };
}
