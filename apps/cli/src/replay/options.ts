import type { ApiOptions } from "../admin-api.js";

/** The options of `sessionhook replay`. */
export interface ReplayOptions extends ApiOptions {
  readonly destination?: readonly string[];
  readonly kind?: string;
  readonly status?: string;
  readonly type?: string;
  readonly event?: readonly string[];
  readonly since?: (now: number) => number;
  readonly until?: (now: number) => number;
  readonly where?: string;
  readonly dryRun?: true;
  readonly rate?: number;
  readonly wait: boolean;
  readonly list?: true;
  readonly limit?: number;
  readonly cursor?: string;
  readonly cancel?: string;
  readonly json?: true;
}
