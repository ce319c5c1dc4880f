import { copyScript } from "./copy.js";
import { filtersScript } from "./filters.js";
import { keyboardScript } from "./keyboard.js";
import { liveScript } from "./live.js";
import { localTimeScript } from "./local-time.js";
import { navigationScript } from "./navigation.js";

/** The script of the inbox: independent parts that improve pages which work without them. */
export const clientScript = [
  copyScript,
  filtersScript,
  navigationScript,
  localTimeScript,
  keyboardScript,
  liveScript,
].join("\n");
