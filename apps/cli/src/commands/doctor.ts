import type { Command } from "commander";
import type { DoctorOptions } from "../doctor/doctor.js";
import { addServerOptions } from "../feed/options.js";
import type { Shell } from "../shell.js";

const help = `
Each line is ok, warning, failed or not checked, with what to do. Checked are the settings of this shell, the data folder,
its disk, the SQLite file and its last backup, the configuration file, the running server through its URL (proxy, path, redirects), its
clock, its rejections since its start and its destinations. Run it in the folder of the server, as its user and with its
environment. No file is changed (SQLite may leave
an index and an empty log beside the database), and no secret is printed.
Exit code: 0 nothing failed, 1 something failed, 2 wrong usage.

Environment: that of the server; SESSIONHOOK_ADMIN_TOKEN, else the token that the server made at its first start.

Examples:
  $ sessionhook doctor
  $ sessionhook doctor --url https://hooks.example.com --json`;

/** `sessionhook doctor`: checks everything that usually goes wrong. */
export function addDoctor(program: Command, shell: Shell): void {
  const command = program
    .command("doctor")
    .description("Check settings, disk, configuration file, clock, proxy and the running server.");
  addServerOptions(command)
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action(async (options: DoctorOptions) => {
      const { examine } = await import("../doctor/doctor.js");
      await examine(shell, options);
    });
}
