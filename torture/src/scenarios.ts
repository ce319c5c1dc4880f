import { backups } from "./scenarios/backups.ts";
import { changedFiles } from "./scenarios/changed-files.ts";
import { clockJumps } from "./scenarios/clock.ts";
import { descriptors, slowConnections } from "./scenarios/connections.ts";
import { damagedFile } from "./scenarios/damaged-file.ts";
import { deliveries } from "./scenarios/deliveries.ts";
import { diskFull, diskReadOnly } from "./scenarios/disk.ts";
import { firstStart } from "./scenarios/first-start.ts";
import { fuzzCore } from "./scenarios/fuzz-core.ts";
import { fuzzHttp } from "./scenarios/fuzz-http.ts";
import { hostileBodies } from "./scenarios/hostile-bodies.ts";
import { kills } from "./scenarios/kill-9.ts";
import { locked, twoProcesses } from "./scenarios/locks.ts";
import { signatureFlood } from "./scenarios/signature-flood.ts";
import { poison } from "./scenarios/poison.ts";
import { outsideReaders } from "./scenarios/outside-readers.ts";
import { otherRuntimes, rollingOldest, rollingRestarts } from "./scenarios/rolling-restarts.ts";
import { longReaders } from "./scenarios/snapshot.ts";
import { memory } from "./scenarios/memory.ts";
import { stalls } from "./scenarios/stalls.ts";
import { timing } from "./scenarios/timing.ts";
import type { Scenario } from "./scenario.ts";

/** The longest first: those at the end run beside fewer. */
export const scenarios: readonly Scenario[] = [
  deliveries,
  kills,
  poison,
  longReaders,
  diskFull,
  diskReadOnly,
  firstStart,
  locked,
  twoProcesses,
  outsideReaders,
  backups,
  rollingRestarts,
  rollingOldest,
  otherRuntimes,
  damagedFile,
  changedFiles,
  clockJumps,
  stalls,
  descriptors,
  slowConnections,
  hostileBodies,
  memory,
  signatureFlood,
  fuzzHttp,
  fuzzCore,
  timing,
];
