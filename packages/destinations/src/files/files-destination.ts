import { isAbsolute, join, normalize } from "node:path";
import type { DeliveryItem, Destination, Outcome, SendContext } from "@sessionhook/core";
import { factProblems } from "../body/fact-problems.js";
import { refuse } from "../check-config.js";
import type { DriverContext } from "../driver.js";
import { abortCode, beforeAbort, retryOf } from "../net/abort.js";
import type { FilesConfig } from "./config.js";
import { fileOutcome } from "./file-outcome.js";
import { FileWriter } from "./file-writer.js";
import { lineOf } from "./line.js";
import { makeFolder } from "./make-folder.js";

const noFacts: Outcome = { outcome: "skipped", reason: { code: "no_facts" } };

/** Creates a destination that appends events to gzipped files of one JSON object per line. Delivered means synced. */
export function createFiles(config: FilesConfig, context: DriverContext): Destination {
  refuse(factProblems(config.body));
  const path = normalize(config.path);
  const folder = isAbsolute(path) ? path : join(context.folder, path);
  const toLine = lineOf(config.body ?? "raw");
  const writer = new FileWriter({
    folder,
    destination: context.name,
    maxBytes: config.maxBytes ?? 64 * 1024 ** 2,
    maxAgeMs: (config.maxAgeSeconds ?? 3600) * 1000,
    now: context.now,
  });

  const attempt = async (work: () => Promise<void>, { signal }: SendContext): Promise<Outcome> => {
    try {
      signal.throwIfAborted();
      await beforeAbort(work(), signal);
      return { outcome: "delivered" };
    } catch (error) {
      if (signal.aborted) return retryOf(abortCode(signal));
      return writer.closed ? retryOf("closed") : fileOutcome(error);
    }
  };

  return {
    maxBatch: 100,
    lingerMs: 200,
    target: path,
    send: async (items: readonly DeliveryItem[], context) => {
      const lines = items.map(toLine);
      const text = lines.join("");
      const outcome = text === "" ? noFacts : await attempt(() => writer.write(text), context);
      return lines.map((line) => (line === undefined ? noFacts : outcome));
    },
    check: (context) => attempt(() => makeFolder(folder), context),
    close: () => writer.close(),
  };
}
