import { resolve } from "node:path";
import type { LoadedConfig } from "@sessionhook/app";
import type { ConfiguredDriver } from "@sessionhook/delivery";
import { surviveStrayErrors } from "./stray-errors.js";

export interface NamedDriver extends ConfiguredDriver {
  readonly type: string;
}

/** Creates the drivers of the configured destinations; they connect to nothing yet. */
export function createDrivers({ destinations }: LoadedConfig): Promise<readonly NamedDriver[]> {
  if (destinations.some(({ type }) => type === "code")) surviveStrayErrors();
  const context = { folder: resolve("."), now: Date.now };
  return Promise.all(
    destinations.map(async ({ options, type, create }) => ({ options, type, driver: await create(context) })),
  );
}
