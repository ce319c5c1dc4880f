declare module "dynalite" {
  import type { Server } from "node:http";
  /** https://github.com/architect/dynalite: an HTTP server that is not yet listening. */
  export default function dynalite(options?: {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
    path?: string;
  }): Server;
}
