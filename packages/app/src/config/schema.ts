import { classifications } from "@sessionhook/core";
import * as limits from "@sessionhook/core/limits";
import * as z from "zod/mini";
import { durationPattern, durationText, parseDuration, parseRate, ratePattern } from "./duration.js";

const second = 1000;
const day = 24 * 60 * 60 * second;

/** A duration within bounds, in milliseconds. */
const duration = (minMs: number, maxMs: number, range: string) =>
  z.pipe(
    z.string().check(
      z.regex(durationPattern, `must be a duration ${range}, such as "${durationText(minMs)}"`),
      z.refine((text) => isWithin(parseDuration(text), minMs, maxMs), `must be ${range}`),
    ),
    z.transform((text) => parseDuration(text) as number),
  );

const isWithin = (value: number | undefined, min: number, max: number) =>
  value === undefined || (value >= min && value <= max);

const rate = z.pipe(
  z.string().check(
    z.regex(ratePattern, 'must be a rate such as "20/s" or "100/min"'),
    z.refine((text) => isWithin(parseRate(text), 1 / 3600, 10_000), "must be from 1/h to 10000/s"),
  ),
  z.transform((text) => parseRate(text) as number),
);

export const skipPresets = [
  "bots",
  "corporate-proxies",
  "freemail",
  "eu",
  "no-person",
  "no-company",
  "no-valid-email",
] as const;

/** Keys of every destination. */
export const commonKeys = {
  types: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(100))),
  statuses: z.optional(z.array(z.enum(classifications)).check(z.minLength(1))),
  skip: z.optional(z.array(z.enum(skipPresets))),
  when: z.optional(z.string().check(z.minLength(1))),
  cooldown: z.optional(
    z.strictObject({
      per: z.enum(["person", "company"]),
      for: duration(second, 365 * day, "from 1 s to 365 d"),
    }),
  ),
  concurrency: z.optional(z.int().check(z.minimum(1), z.maximum(limits.highestConcurrency))),
  rate: z.optional(rate),
  timeout: z.optional(duration(100, 10 * 60 * second, "from 100 ms to 10 min")),
  retry: z.optional(
    z.strictObject({
      schedule: z.optional(
        z.array(duration(100, 7 * day, "from 100 ms to 7 d")).check(z.maxLength(limits.maxScheduleLength)),
      ),
      maxAge: z.optional(duration(second, 90 * day, "from 1 s to 90 d")),
    }),
  ),
};

export const commonSchema = z.strictObject(commonKeys);
export type CommonValues = z.infer<typeof commonSchema>;

export const retentionSchema = z.strictObject({
  events: z.optional(duration(day, 36_500 * day, "from 1 d to 36500 d")),
  history: z.optional(duration(day, 36_500 * day, "from 1 d to 36500 d")),
});

/** The file without the content of its destinations, whose keys depend on their type. */
export const fileSchema = z.strictObject({
  $schema: z.optional(z.string()),
  destinations: z.optional(z.record(z.string(), z.unknown())),
  retention: z.optional(retentionSchema),
});

/** The name of a destination: part of URLs, metrics and file names. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
