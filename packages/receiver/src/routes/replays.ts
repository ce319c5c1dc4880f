import {
  classifications,
  type DeliveryControl,
  type Replay,
  replayKinds,
  type ReplaySpec,
} from "@sessionhook/core";
import {
  defaultReplayRate,
  maxIdLength,
  maxReplayRate,
  maxWhenLength,
  minReplayRate,
} from "@sessionhook/core/limits";
import { ReceiveError } from "@sessionhook/ingest";
import type { Hono } from "hono";
import * as z from "zod/mini";
import type { Services } from "../services.js";
import { clientGone } from "./client-gone.js";
import { replayJson, requireDelivery } from "./delivery-json.js";
import { unknownEvent } from "./events.js";
import { readJsonBody } from "./json-body.js";
import { methods } from "./methods.js";
import { only } from "./only.js";
import { oneOf, pageQuery, parseQuery, quoted, text } from "./query.js";

const listQuery = z.strictObject(pageQuery);
const time = z
  .number("must be Unix milliseconds")
  .check(z.refine((value) => Number.isSafeInteger(value) && value >= 0, "must be Unix milliseconds"));
const names = z.optional(
  z
    .array(text(1, 256), "must be an array of names")
    .check(z.minLength(1, "must not be empty"), z.maxLength(100, "must have at most 100 names")),
);
const rate = z
  .number("must be a number")
  .check(
    z.minimum(minReplayRate, `must be ${minReplayRate} or more`),
    z.maximum(maxReplayRate, `must be ${maxReplayRate} or less`),
  );

const eventBody = z.strictObject({ destinations: names }, "must be a JSON object");
const replayBody = z.strictObject(
  {
    destinations: names,
    kind: z._default(oneOf(replayKinds), "failed"),
    status: z.optional(oneOf(classifications)),
    type: z.optional(text(1, 256)),
    from: z.optional(time),
    to: z.optional(time),
    when: z.optional(text(1, maxWhenLength)),
    events: z.optional(
      z
        .array(text(1, maxIdLength), "must be an array of message ids")
        .check(z.minLength(1, "must not be empty"), z.maxLength(100, "must have at most 100 message ids")),
    ),
    rate: z._default(rate, defaultReplayRate),
    dryRun: z._default(z.boolean("must be true or false"), false),
  },
  "must be a JSON object",
);

/** `/api/replays`: sends stored events again, on purpose. */
export function replayRoutes(api: Hono, services: Services): void {
  const { delivery, store, now } = services;

  only(api, "POST", "/events/:id/replay", async (c) => {
    const control = requireDelivery(delivery);
    const id = c.req.param("id") ?? "";
    const body = await readJsonBody(c, services, eventBody);
    const destinations = configuredNames(control, body.destinations);
    if ((await store.get(id)) === undefined) throw unknownEvent();
    const spec: ReplaySpec = { destinations, kind: "all", events: [id], rate: defaultReplayRate };
    return c.json(replayJson(await start(control, spec, now())));
  });

  methods(api, "/replays", {
    GET: {
      withQuery: async (c) => {
        const { store } = requireDelivery(delivery);
        const { replays, nextCursor } = await store.replays(parseQuery(listQuery, c));
        return c.json({ replays: replays.map(replayJson), nextCursor });
      },
    },
    POST: async (c) => {
      const control = requireDelivery(delivery);
      const { dryRun, ...body } = await readJsonBody(c, services, replayBody);
      const spec: ReplaySpec = { ...body, destinations: configuredNames(control, body.destinations) };
      await checkSpec(control, spec);
      const preview = await control.dryRun(spec);
      // Counting takes seconds. A client that was interrupted meanwhile must not start what it cannot see.
      const id = dryRun || (await clientGone(c)) ? null : (await start(control, spec, now())).id;
      return c.json({ id, ...preview });
    },
  });

  methods(api, "/replays/:id", {
    GET: async (c) => c.json(await find(requireDelivery(delivery), c.req.param("id") ?? "")),
    DELETE: async (c) => {
      const control = requireDelivery(delivery);
      const id = c.req.param("id") ?? "";
      await find(control, id);
      await control.store.cancelReplay(id, now());
      control.wake();
      return c.json(await find(control, id));
    },
  });
}

async function start(control: DeliveryControl, spec: ReplaySpec, now: number): Promise<Replay> {
  const replay = await control.store.createReplay(spec, now);
  control.wake();
  return replay;
}

async function find({ store }: DeliveryControl, id: string) {
  const replay = await store.replay(id);
  if (replay === undefined) throw new ReceiveError("not_found", "There is no replay with this id");
  return replayJson(replay);
}

/**
 * Returns the names of configured destinations: the given ones, or all.
 * @throws ReceiveError `invalid_body`
 */
function configuredNames(control: DeliveryControl, given: readonly string[] | undefined): readonly string[] {
  const known = control.destinations().map(({ name }) => name);
  if (known.length === 0)
    throw new ReceiveError("invalid_body", "No destination is configured: there is nothing to replay to");
  const unknown = given?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ReceiveError("invalid_body", `destinations: ${quoted(unknown)} is not configured`);
  return given === undefined ? known : [...new Set(given)];
}

async function checkSpec(control: DeliveryControl, { from, to, when }: ReplaySpec): Promise<void> {
  if (from !== undefined && to !== undefined && from >= to)
    throw new ReceiveError("invalid_body", "from must be before to");
  const wrong = when === undefined ? undefined : await control.checkWhen(when);
  if (wrong !== undefined) throw new ReceiveError("invalid_body", `when: ${wrong}`);
}
