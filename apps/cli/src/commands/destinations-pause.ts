import { environmentHelp } from "../feed/options.js";
import type { Command } from "commander";
import { addChange } from "../change-destination.js";
import type { Shell } from "../shell.js";

const help = `
Its deliveries wait and are not lost; the time of the pause does not count against their age.
${environmentHelp}

Examples:
  $ sessionhook destinations pause backend`;

/** `sessionhook destinations pause`: stops sending to a destination. */
export function addDestinationsPause(destinations: Command, shell: Shell): void {
  addChange(destinations, shell, "pause", "Stop sending to a destination; its deliveries wait.", help);
}
