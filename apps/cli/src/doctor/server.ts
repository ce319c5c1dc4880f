import type { Shell } from "../shell.js";
import { explainAnswer } from "./answers.js";
import { checkClock } from "./clock.js";
import { checkDestinations } from "./destinations.js";
import { type Finding, findingsOf, messageOf } from "./finding.js";
import { type Answer, probe, type Target } from "./probe.js";
import { checkRejections } from "./rejections.js";

const server = findingsOf("server");
const readiness = findingsOf("readiness");
const api = findingsOf("admin API");

/** Checks the running server: its answers through the given URL, its clock, its rejections and destinations. */
export async function checkServer(
  shell: Shell,
  target: Target,
  toleranceSeconds: number,
): Promise<Finding[]> {
  const open = { url: target.url, token: undefined };
  let health: Answer;
  try {
    health = await probe(shell, open, "healthz");
  } catch (error) {
    return [server("failed", messageOf(error), "start it, or name it with --url, or with HOST and PORT")];
  }
  const clock = checkClock(health, toleranceSeconds);
  if (health.status !== 200 || health.fields["status"] !== "ok")
    return [explainAnswer(server, health), clock];
  const findings = [server("ok", `${health.url.origin} answers as Sessionhook`), clock];
  try {
    const ready = await probe(shell, open, "readyz");
    findings.push(
      ready.fields["status"] === "ready"
        ? readiness("ok", "the store takes writes")
        : explainAnswer(readiness, ready),
    );
    findings.push(...(await checkWithToken(shell, target)));
  } catch (error) {
    findings.push(server("failed", `it stopped answering: ${messageOf(error)}`, "look at its log"));
  }
  return findings;
}

async function checkWithToken(shell: Shell, target: Target): Promise<Finding[]> {
  if (target.token === undefined)
    return [
      api(
        "not checked",
        "there is no admin token, so rejections and destinations are not checked either",
        "set SESSIONHOOK_ADMIN_TOKEN, or give --token",
      ),
    ];
  const stats = await probe(shell, target, "api/stats");
  if (stats.status !== 200) return [explainAnswer(api, stats)];
  const { accepted, quarantined } = stats.fields;
  if (typeof accepted !== "number" || typeof quarantined !== "number") return [explainAnswer(api, stats)];
  const findings = [
    api("ok", `the token is valid; stored: ${accepted} accepted, ${quarantined} quarantined`),
  ];
  findings.push(...checkRejections(await probe(shell, target, "metrics")));
  findings.push(...checkDestinations(await probe(shell, target, "api/destinations")));
  return findings;
}
