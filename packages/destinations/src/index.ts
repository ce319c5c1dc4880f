export type { Destination } from "@sessionhook/core";
