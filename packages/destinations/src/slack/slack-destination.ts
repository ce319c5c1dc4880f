import type { DeliveryItem, Destination, Outcome, SendContext } from "@sessionhook/core";
import { refuse } from "../check-config.js";
import type { DriverContext } from "../driver.js";
import { personalTexts } from "../mask/personal-texts.js";
import { abortCode, ClosedError, retryOf } from "../net/abort.js";
import { HttpClient } from "../net/http-client.js";
import { shownUrl, urlSecrets } from "../net/url-secrets.js";
import type { SlackConfig } from "./config.js";
import { formatOf } from "./format-of.js";
import { payloadOf } from "./message.js";
import { everyMs, OneASecond } from "./one-a-second.js";
import { slackOutcome } from "./slack-outcome.js";
import { slackProblems } from "./slack-problems.js";

/** Sent separately, this many messages fit into the default timeout of 30 s if each has its answer within half a second. */
const maxBatch = 20;
const encoder = new TextEncoder();

/** Creates a destination that posts one message for each event, or one for all waiting events. */
export function createSlack(config: SlackConfig, context: DriverContext): Destination {
  const network = config.network ?? "public";
  refuse(slackProblems(config));
  const url = new URL(config.url);
  const client = new HttpClient({ ...context, url, network });
  const format = formatOf(config);
  const secrets = urlSecrets(url);
  const pace = new OneASecond();
  const closing = new AbortController();

  const post = async (
    items: readonly DeliveryItem[],
    signal: AbortSignal,
    now: () => number,
  ): Promise<Outcome> => {
    try {
      await pace.turn(signal);
    } catch {
      const code = abortCode(signal);
      return code === "timeout" ? notSent(now() + everyMs) : retryOf(code);
    }
    const body = encoder.encode(JSON.stringify(payloadOf(items, format)));
    const headers = { "user-agent": "Sessionhook", "content-type": "application/json; charset=utf-8" };
    const answer = await client.post({ headers, body, signal });
    pace.answered();
    const mask = () => [...secrets, ...personalTexts(items)];
    return slackOutcome(answer, { kind: "api", now: now(), mask });
  };

  const send = async (
    items: readonly DeliveryItem[],
    { signal: given, now }: SendContext,
  ): Promise<Outcome[]> => {
    const signal = AbortSignal.any([given, closing.signal]);
    if (items.length > 1 && config.digest !== false) {
      const outcome = await post(items, signal, now);
      if (outcome.outcome !== "rejected") return items.map(() => outcome);
    }
    // One of the events caused the rejection: each is sent separately.
    const outcomes: Outcome[] = [];
    for (const item of items) {
      outcomes.push(heldBy(outcomes.at(-1)) ?? (await post([item], signal, now)));
    }
    return outcomes;
  };

  return {
    maxBatch,
    target: shownUrl(url),
    send,
    close: async () => {
      closing.abort(new ClosedError());
      client.close();
    },
  };
}

/** Returns the outcome of the messages that follow one after which the service accepts none for now. */
function heldBy(last: Outcome | undefined): Outcome | undefined {
  if (last?.outcome === "blocked" || last?.outcome === "paced") return last;
  if (last?.outcome !== "retry") return undefined;
  return last.used === false ? last : notSent(last.after);
}

/** Returns the outcome of a message that was not posted: its attempt is not used. */
function notSent(after: number | undefined): Outcome {
  return { outcome: "retry", reason: { code: "not_sent" }, after, used: false };
}
