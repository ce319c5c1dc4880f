import { models } from "./data/devices.js";
import type { Random } from "./random.js";

export interface Device {
  readonly userAgent: string;
  readonly screen: { readonly width: number; readonly height: number };
  readonly mobile: boolean;
}

/** Creates a browser on a machine, with a screen that exists for that machine. */
export function makeDevice(random: Random): Device {
  const model = random.weighted(models);
  const [width, height] = random.pick(model.screens);
  const safari = random.pick(["18.3", "18.5", "18.6", "26.0", "26.1"]);
  const ios = safari.startsWith("26") ? "18_7" : safari.replace(".", "_");
  const userAgent = model.userAgent
    .replaceAll("{c}", String(random.int(138, 143)))
    .replaceAll("{f}", String(random.int(139, 145)))
    .replaceAll("{s}", safari)
    .replaceAll("{i}", ios);
  return { userAgent, screen: { width, height }, mobile: model.mobile };
}
