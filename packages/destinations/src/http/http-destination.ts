import {
  createSigner,
  type DeliveryItem,
  type Destination,
  type Outcome,
  type SendContext,
} from "@sessionhook/core";
import { bodyOf } from "../body/create-body.js";
import { refuse } from "../check-config.js";
import type { DriverContext } from "../driver.js";
import { isTest } from "../is-test.js";
import { personalTexts } from "../mask/personal-texts.js";
import { HttpClient } from "../net/http-client.js";
import { outcomeOf } from "../net/outcome-of.js";
import { shownUrl, urlSecrets } from "../net/url-secrets.js";
import type { HttpConfig } from "./config.js";
import { httpProblems } from "./http-problems.js";

const encoder = new TextEncoder();

/**
 * Creates a destination that posts each event with its original message id, signed at the time of the attempt with the
 * secret of this destination.
 */
export function createHttp(config: HttpConfig, context: DriverContext): Destination {
  refuse(httpProblems(config));
  const url = new URL(config.url);
  const client = new HttpClient({ ...context, url, network: config.network ?? "public" });
  const createBody = bodyOf<Uint8Array>(config.body ?? "raw", ({ event }) => event.raw);
  const secrets = [...secretsOf(config), ...urlSecrets(url)];
  const { secret } = config;
  const signer = secret === undefined ? undefined : createSigner({ secret });

  const sendOne = async (item: DeliveryItem, { signal, now }: SendContext): Promise<Outcome> => {
    const content = createBody(item);
    if (content === undefined) return { outcome: "skipped", reason: { code: "no_facts" } };
    const body = content instanceof Uint8Array ? content : encoder.encode(JSON.stringify(content));
    const timestamp = Math.floor(now() / 1000);
    const { id } = item.event;
    const signed = signer?.(body, { id, timestamp }) ?? {
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
    };
    const headers = headersOf(item, signed, config);
    const answer = await client.post({ headers, body, signal });
    const mask = () => [...secrets, ...personalTexts([item])];
    return outcomeOf(answer, { kind: "webhook", now: now(), mask });
  };

  return {
    target: shownUrl(url),
    send: (items, context) => Promise.all(items.map((item) => sendOne(item, context))),
    close: async () => client.close(),
  };
}

function headersOf(
  item: DeliveryItem,
  signed: Readonly<Record<string, string>>,
  { headers }: HttpConfig,
): Record<string, string> {
  const replayed = item.replay === null ? {} : { "sessionhook-replay": item.replay };
  const tested = isTest(item) ? { "sessionhook-test": "1" } : {};
  const own = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const given = Object.fromEntries(own);
  return {
    "user-agent": "Sessionhook",
    ...given,
    "content-type": "application/json",
    ...signed,
    ...replayed,
    ...tested,
  };
}

/** Returns the texts of the configuration, encoded and decoded, that must not appear in excerpts of answers. */
function secretsOf({ secret, headers }: HttpConfig): string[] {
  const values = Object.values(headers ?? {}).flatMap((value) => [value, ...value.split(" ")]);
  const signing = (typeof secret === "string" ? [secret] : (secret ?? [])).flatMap((text) => [
    text,
    text.slice(text.indexOf("_") + 1),
  ]);
  const encoded = [...values, ...signing];
  // Of Basic authentication an answer can name the password alone.
  const decoded = encoded.map(base64Decoded).flatMap((text) => [text, text.slice(text.indexOf(":") + 1)]);
  return [...encoded, ...decoded.filter((text) => text !== "")];
}

/** Returns the text in base64, or an empty one. */
function base64Decoded(text: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(atob(text), (c) => c.charCodeAt(0)),
    );
  } catch {
    return "";
  }
}
