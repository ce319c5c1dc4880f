import type { Outcome } from "@sessionhook/core";
import type { Failure } from "../net/http-client.js";
import { type AnswerContext, outcomeOf, reasonOf } from "../net/outcome-of.js";
import type { Answer } from "../net/read-answer.js";
import { isAccepted } from "./is-accepted.js";

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors */
const blocking = new Set([
  "action_prohibited",
  "channel_is_archived",
  "channel_not_found",
  "invalid_token",
  "no_active_hooks",
  "no_service",
  "no_service_id",
  "no_team",
  "posting_to_general_channel_denied",
  "team_disabled",
  "token_revoked",
  "user_not_found",
]);
const rejecting = new Set(["invalid_payload", "no_text", "too_many_attachments", "msg_too_long"]);

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const discordCodes: Readonly<Record<number, string>> = {
  10_015: "unknown_webhook",
  50_006: "empty_message",
  50_027: "invalid_webhook_token",
  50_035: "invalid_form_body",
};

/** Returns our name for the error that Discord names by a number in its JSON; undefined for another answer. */
function discordCode(text: string): string | undefined {
  try {
    const answer = JSON.parse(text) as { readonly code?: unknown } | null;
    return discordCodes[Number(answer?.code)];
  } catch {
    return undefined;
  }
}

/**
 * Returns the outcome of a message. Slack names the reason in the body, even with status 200, and a proxy can answer 200
 * with a sign-in page: a message is delivered only if the body confirms it.
 */
export function slackOutcome(answer: Answer | Failure, context: AnswerContext): Outcome {
  const code = "failure" in answer || answer.status === 429 ? "" : answer.text.trim();
  if (!("failure" in answer)) {
    if (blocking.has(code)) return { outcome: "blocked", reason: reasonOf(answer, context.mask, code) };
    if (rejecting.has(code)) return { outcome: "rejected", reason: reasonOf(answer, context.mask, code) };
  }
  const outcome = outcomeOf(answer, context);
  if ("failure" in answer || answer.status === 429) return outcome;
  if ("reason" in outcome) {
    const discord = answer.status < 400 ? undefined : discordCode(answer.text);
    return discord === undefined ? outcome : { ...outcome, reason: reasonOf(answer, context.mask, discord) };
  }
  if (outcome.outcome !== "delivered" || isAccepted(answer)) return outcome;
  return { outcome: "retry", reason: reasonOf(answer, context.mask, "invalid_answer") };
}
