import { Command, type OutputConfiguration } from "commander";
import { addAttribution } from "./commands/attribution.js";
import { addBackup } from "./commands/backup.js";
import { addCompaniesGet } from "./commands/companies-get.js";
import { addCompaniesList } from "./commands/companies-list.js";
import { addCompletion } from "./commands/completion.js";
import { addDeliveriesGet } from "./commands/deliveries-get.js";
import { addDeliveriesList } from "./commands/deliveries-list.js";
import { addDeliveriesRetry } from "./commands/deliveries-retry.js";
import { addDeriveRebuild } from "./commands/derive-rebuild.js";
import { addDeriveStatus } from "./commands/derive-status.js";
import { addDestinationsDiscard } from "./commands/destinations-discard.js";
import { addDestinationsList } from "./commands/destinations-list.js";
import { addDestinationsPause } from "./commands/destinations-pause.js";
import { addDestinationsResume } from "./commands/destinations-resume.js";
import { addDestinationsTest } from "./commands/destinations-test.js";
import { addConfigCheck } from "./commands/config-check.js";
import { addConfigTry } from "./commands/config-try.js";
import { addDoctor } from "./commands/doctor.js";
import { addEventsExport } from "./commands/events-export.js";
import { addEventsGet } from "./commands/events-get.js";
import { addEventsList } from "./commands/events-list.js";
import { addEventsRecheck } from "./commands/events-recheck.js";
import { addEventsTail } from "./commands/events-tail.js";
import { addListen } from "./commands/listen.js";
import { addOpen } from "./commands/open.js";
import { addPeopleGet } from "./commands/people-get.js";
import { addPeopleList } from "./commands/people-list.js";
import { addPrivacyErase } from "./commands/privacy-erase.js";
import { addPrivacyExport } from "./commands/privacy-export.js";
import { addReplay } from "./commands/replay.js";
import { addRestore } from "./commands/restore.js";
import { addSecretNew } from "./commands/secret-new.js";
import { addSend } from "./commands/send.js";
import { addSessionsExport } from "./commands/sessions-export.js";
import { addSessionsGet } from "./commands/sessions-get.js";
import { addSessionsList } from "./commands/sessions-list.js";
import { addVerify } from "./commands/verify.js";
import type { Shell } from "./shell.js";

const help = `
Every command has --help with examples, and --json for scripts: it prints one JSON document on standard output (listen,
events tail and exports print one on each line); errors are {"error":{"code","message"}}.
Exit code: 0 success, 1 failure, 2 wrong usage.`;

/** Returns the program with all commands. It throws errors and never ends the process. */
export function buildProgram(shell: Shell, version: string, output: OutputConfiguration): Command {
  const program = new Command("sessionhook")
    .description(
      "Send signed sample events, verify messages, create secrets; read, follow, forward and back up stored events; list sessions, people and companies; watch and repeat deliveries; export and erase personal data; check the configuration file, and diagnose common problems.",
    )
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .exitOverride()
    .configureOutput(output)
    .addHelpText("after", help);
  addDoctor(program, shell);
  addSend(program, shell);
  addVerify(program, shell);
  const secret = program.command("secret").description("Signing secrets.");
  addSecretNew(secret, shell);
  const events = program.command("events").description("Stored events, through the admin API of a server.");
  addEventsList(events, shell);
  addEventsGet(events, shell);
  addEventsTail(events, shell);
  addEventsExport(events, shell);
  addEventsRecheck(events, shell);
  const sessions = program
    .command("sessions")
    .description("Sessions of visitors, derived from the events, through the admin API of a server.");
  addSessionsList(sessions, shell);
  addSessionsGet(sessions, shell);
  addSessionsExport(sessions, shell);
  const people = program
    .command("people")
    .description("Identified people, through the admin API of a server.");
  addPeopleList(people, shell);
  addPeopleGet(people, shell);
  const companies = program.command("companies").description("Companies, through the admin API of a server.");
  addCompaniesList(companies, shell);
  addCompaniesGet(companies, shell);
  addAttribution(program, shell);
  const derive = program
    .command("derive")
    .description("The tables of sessions, people and companies that are derived from the event log.");
  addDeriveRebuild(derive, shell);
  addDeriveStatus(derive, shell);
  const destinations = program
    .command("destinations")
    .description("Systems that events are sent to, through the admin API of a server.");
  addDestinationsList(destinations, shell);
  addDestinationsTest(destinations, shell);
  addDestinationsPause(destinations, shell);
  addDestinationsResume(destinations, shell);
  addDestinationsDiscard(destinations, shell);
  const deliveries = program
    .command("deliveries")
    .description("Deliveries of events to destinations, through the admin API of a server.");
  addDeliveriesList(deliveries, shell);
  addDeliveriesGet(deliveries, shell);
  addDeliveriesRetry(deliveries, shell);
  addReplay(program, shell);
  const config = program.command("config").description("The configuration file: destinations and retention.");
  addConfigCheck(config, shell);
  addConfigTry(config, shell);
  addListen(program, shell);
  addOpen(program, shell);
  addBackup(program, shell);
  addRestore(program, shell);
  const privacy = program.command("privacy").description("Personal data in the SQLite database.");
  addPrivacyExport(privacy, shell);
  addPrivacyErase(privacy, shell);
  addCompletion(program, shell);
  return program;
}
