import { environmentHelp } from "../feed/options.js";
import type { Command } from "commander";
import { addChange } from "../change-destination.js";
import type { Shell } from "../shell.js";

const help = `
Everything that waited is delivered. Dead letters are not: sessionhook replay sends them again.
${environmentHelp}

Examples:
  $ sessionhook destinations resume backend`;

/** `sessionhook destinations resume`: continues after a pause, a block or failures. */
export function addDestinationsResume(destinations: Command, shell: Shell): void {
  addChange(
    destinations,
    shell,
    "resume",
    "Continue sending to a destination after a pause, a block or failures.",
    help,
  );
}
