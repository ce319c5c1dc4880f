import * as z from "zod/mini";
import { type BodyConfig, bodySchema } from "../body/config.js";
import type { Driver } from "../driver.js";

export interface FilesConfig {
  /** Folder that the files are written to; created if it is absent. */
  readonly path: string;
  /** `raw` (default): the received event below `event`. `flat`: the facts. `{ map }`: your own object. */
  readonly body?: BodyConfig | undefined;
  /** A file is finished when it has this many bytes, compressed. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** A file is finished this many seconds after its first event. Default 3600. */
  readonly maxAgeSeconds?: number | undefined;
}

const within = (least: number, most: number) => {
  const message = `must be an integer from ${least} to ${most}`;
  return z.int(message).check(z.gte(least, message), z.lte(most, message));
};

export const filesSchema: z.ZodMiniType<FilesConfig> = z.strictObject({
  path: z.string("must be a path").check(z.minLength(1, "must not be empty")),
  body: z.optional(bodySchema),
  maxBytes: z.optional(within(1024, 1024 ** 3)),
  maxAgeSeconds: z.optional(within(1, 86_400)),
});

export const filesDriver: Driver<FilesConfig> = {
  type: "files",
  kind: "local",
  description: "Appends events to gzipped files of one JSON object per line.",
  schema: filesSchema,
  secrets: [],
  defaults: { concurrency: 1, timeoutMs: 60_000 },
  problems: async (config, folder) => (await import("./files-problems.js")).filesProblems(config, folder),
  create: async (config, context) => {
    const { createFiles } = await import("./files-destination.js");
    return createFiles(config, context);
  },
};
