import { type ApiOptions, callJson } from "../admin-api.js";
import { failure } from "../cli-error.js";
import { elements, members } from "../json-text.js";
import type { Shell } from "../shell.js";
import { type FeedEvent, isFeedEvent } from "./feed-event.js";

export interface FeedOptions extends ApiOptions {
  readonly status?: string;
  readonly type?: string;
  readonly q?: string;
}

export interface FeedPage {
  /** Oldest first, each as JSON text and parsed. */
  readonly events: readonly { readonly json: string; readonly event: FeedEvent }[];
  readonly position: string;
  readonly end: boolean;
  readonly settleMs: number;
}

/** Reads a page of the event log after a position; an empty position is the start of the log. */
export async function readFeed(shell: Shell, options: FeedOptions, after: string): Promise<FeedPage> {
  const { status, type, q } = options;
  const query = { after, limit: 500, status, type, q };
  const { text, fields } = await callJson(shell, options, "GET", "api/events", query);
  const { events, position, end, settleSeconds } = fields;
  const known = Array.isArray(events) && events.every(isFeedEvent);
  if (!known || typeof position !== "string" || typeof end !== "boolean")
    throw failure("bad_answer", "The answer is not a page of the event log; is the server an older version?");
  const texts = elements(members(text).find(([name]) => name === "events")?.[1] ?? "[]");
  return {
    events: events.map((event, i) => ({ event, json: texts[i] as string })),
    position,
    end,
    settleMs: typeof settleSeconds === "number" ? settleSeconds * 1000 : 0,
  };
}

/** Reads a page of the list, newest first. */
export async function readList(
  shell: Shell,
  options: FeedOptions,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly events: readonly FeedEvent[]; readonly nextCursor: string | undefined }> {
  const { status, type, q } = options;
  const { fields } = await callJson(shell, options, "GET", "api/events", { ...page, status, type, q });
  const { events, nextCursor } = fields;
  if (!Array.isArray(events) || !events.every(isFeedEvent))
    throw failure("bad_answer", "The answer is not a list of events; is the server an older version?");
  return { events, nextCursor: typeof nextCursor === "string" ? nextCursor : undefined };
}
