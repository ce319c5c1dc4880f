import { copyScript } from "./copy.js";
import { navigationScript } from "./navigation.js";

/** The script of the inbox: independent parts that improve pages which work without them. */
export const clientScript = [copyScript, navigationScript].join("\n");
