import { statSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { noIssues } from "@sessionhook/core";
import { openSqliteDeliveryStore, openSqliteStore } from "@sessionhook/stores/sqlite";
import { describe, expect, it } from "vitest";
import { showFound, showReport } from "../src/privacy/show-report.js";
import type { Shell } from "../src/shell.js";
import { onTerminal } from "./on-terminal.js";
import { runCli, scratch } from "./run-cli.js";

const email = "jane.doe@example.com";

async function filled(folder: string) {
  const path = join(folder, "data", "sessionhook.db");
  const store = await openSqliteStore({ path });
  const body = (fields: object) => new TextEncoder().encode(JSON.stringify({ data: fields }));
  const events = {
    jane: { session: { vid: "v1" }, enrichment: { person: { email } } },
    of: { session: { vid: "v1" } },
    other: {},
  };
  await store.append(
    Object.entries(events).map(([id, fields]) => ({
      id,
      type: null,
      status: "quarantined" as const,
      ...noIssues,
      raw: body(fields),
      receivedAt: 1,
      attemptTimestamp: 1,
      signature: "v1,x",
    })),
  );
  return { path, store };
}

function recorder() {
  const stdout = new PassThrough();
  const chunks: string[] = [];
  stdout.on("data", (chunk) => chunks.push(String(chunk)));
  const shell = { stdout } as unknown as Shell;
  return { shell, text: () => `${chunks.join("")}${String(stdout.read() ?? "")}` };
}

describe("sessionhook privacy", () => {
  it("exports to standard output and to a new private file, while the store is open", async () => {
    await using folder = await scratch();
    const { store } = await filled(folder.path);
    const setup = { cwd: folder.path };
    const { code, stdout, stderr } = await runCli(
      ["privacy", "export", "--email", email.toUpperCase()],
      setup,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "2 documents written to standard output\n" });
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: string; id: string });
    expect(rows.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["event jane", "event of"]);

    const args = ["privacy", "export", "--vid", "v1", "--output", "jane.ndjson"];
    const file = join(folder.path, "jane.ndjson");
    const told = `2 documents written to ${file}\n`;
    expect(await runCli(args, setup)).toEqual({ code: 0, stdout: "", stderr: told });
    expect(await readFile(file, "utf8")).toBe(stdout);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const again = await runCli(args, setup);
    expect(again).toEqual({ code: 2, stdout: "", stderr: `error: The file ${file} already exists\n` });
    expect(await readFile(file, "utf8")).toBe(stdout);
    const nobody = ["privacy", "export", "--vid", "nobody"];
    expect(await runCli(nobody, setup)).toEqual({
      code: 0,
      stdout: "",
      stderr: "nothing is stored about this person\n",
    });
    expect(await runCli([...nobody, "--output", "none.ndjson"], setup)).toEqual({
      code: 0,
      stdout: "",
      stderr: `nothing is stored about this person: ${join(folder.path, "none.ndjson")} is empty\n`,
    });
    await store.close();
  });

  it.each([
    ["SIGINT", "before the first line", 0],
    ["SIGTERM", "between two lines", 1],
  ] as const)("%s %s ends an export and deletes its file", { timeout: 60_000 }, async (signal, _, least) => {
    await using folder = await scratch();
    const { store } = await filled(folder.path);
    const many = Array.from({ length: 20_000 }, (_, i) => ({
      id: `evt_${i}`,
      type: null,
      status: "quarantined" as const,
      ...noIssues,
      raw: new TextEncoder().encode(`{"data":{"session":{"vid":"v1","text":"${"x".repeat(500)}"}}}`),
      receivedAt: 1,
      attemptTimestamp: 1,
      signature: "v1,x",
    }));
    await store.append(many);
    const file = join(folder.path, "jane.ndjson");
    const args = ["privacy", "export", "--vid", "v1", "--output", "jane.ndjson"];
    const onStart = (interrupt: (signal: NodeJS.Signals) => void) => {
      const timer = setInterval(() => {
        if ((statSync(file, { throwIfNoEntry: false })?.size ?? -1) < least) return;
        clearInterval(timer);
        interrupt(signal);
      }, 2);
    };
    expect(await runCli(args, { cwd: folder.path, onStart })).toEqual({
      code: 1,
      stdout: "",
      stderr: "interrupted: the file was not complete and is deleted\n",
    });
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
    await store.close();
  });

  it("shows what it would erase, and erases it with --yes", async () => {
    await using folder = await scratch();
    const { path, store } = await filled(folder.path);
    const setup = { cwd: folder.path };
    const args = ["privacy", "erase", "--email", email];
    const preview = await runCli(args, setup);
    expect(preview).toMatchObject({ code: 1, stderr: "" });
    expect(preview.stdout).toMatch(
      /^Stored about this person:\n {2}events +2\n[^]*\nNothing was erased\. Give --yes to erase it\.\n$/,
    );
    const asJson = await runCli([...args, "--json"], setup);
    expect(asJson.code).toBe(1);
    const none = { sessions: 0, people: 0, pageViews: 0, deliveries: 0, attempts: 0, deliveredTo: [] };
    expect(JSON.parse(asJson.stdout)).toEqual({ found: { events: 2, ...none }, report: null });
    expect((await store.stats()).quarantined).toBe(3);

    const done = await runCli([...args, "--yes", "--json"], setup);
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(done.stdout)).toMatchObject({
      found: { events: 2 },
      report: { events: 2, tombstones: 2, cancelled: 0 },
    });
    expect((await store.stats()).quarantined).toBe(1);
    await store.close();
    expect((await readFile(path)).includes(email)).toBe(false);
    const again = await runCli([...args, "--yes"], setup);
    expect(again).toEqual({
      code: 0,
      stdout: "Nothing is stored about this person.\nNothing was erased.\n",
      stderr: "",
    });
    const later = await runCli(args, setup);
    expect(later).toMatchObject({ code: 1, stderr: "" });
    expect(later.stdout).toMatch(/^Nothing is stored about this person\.\nNothing was erased\. /);
    for (const { stdout, stderr } of [preview, asJson, done, again])
      expect(stdout + stderr).not.toContain("jane");
  });

  it("reports a replay that it cancels although nothing else is stored about the person", async () => {
    await using folder = await scratch();
    const { path, store } = await filled(folder.path);
    const deliveries = await openSqliteDeliveryStore({ path });
    await deliveries.register(["crm"], 1);
    const when = 'person.email == "gone@example.com"';
    await deliveries.createReplay({ destinations: ["crm"], kind: "all", rate: 1, when }, 1);
    await deliveries.close();
    await store.close();
    const args = ["privacy", "erase", "--email", "gone@example.com", "--yes"];
    const { code, stdout } = await runCli(args, { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout).toContain("1 running replay cancelled: the filter named the person\n");
    expect(stdout).not.toContain("Nothing was erased");
  });

  it("prints the destinations of a person once, and counts in the right number", async () => {
    const { shell, text } = recorder();
    const counts = { events: 1, sessions: 0, people: 0, pageViews: 0, deliveries: 1, attempts: 1 };
    showFound(shell, { ...counts, deliveredTo: ["crm"] }, []);
    const none = { at: 0, cancelled: 1, cancelledReplays: 1, tombstones: 1, remainingPeople: 0 };
    const report = { ...counts, ...none, deliveredTo: ["crm", "late"] };
    showReport(shell, report, { ...counts, deliveredTo: ["crm"] });
    expect(text()).not.toContain("remain");
    for (const remainingPeople of [1, 2])
      showReport(
        shell,
        { ...report, remainingPeople, deliveredTo: ["crm"] },
        { ...counts, deliveredTo: ["crm"] },
      );
    expect(text()).toMatch(/\n1 person remains, because other events have them: .*\n[^]*\n2 people remain, /);
    expect(text().match(/crm/g)).toHaveLength(1);
    expect(text()).toContain("must erase it themselves: late\n");
    expect(text()).toContain("\n1 open delivery cancelled, 1 tombstone left\n");
    expect(text()).toContain("\n1 running replay cancelled: the filter named the person\n");
  });

  it("prints the keys of several people before they are erased", () => {
    const { shell, text } = recorder();
    const counts = { events: 2, sessions: 2, people: 3, pageViews: 0, deliveries: 0, attempts: 0 };
    showFound(shell, { ...counts, deliveredTo: [] }, ["email:mum@home.example", "email:kid@home.example"]);
    expect(text()).toContain("are meant: email:mum@home.example, email:kid@home.example and 1 more\n");
  });

  it.each([
    ["erase", true],
    ["yes", false],
    ["", false],
  ])("on a terminal, the answer %j erases: %s", async (answer, erases) => {
    await using folder = await scratch();
    const { path, store } = await filled(folder.path);
    const stdin = Object.assign(new PassThrough().end(`${answer}\n`), { isTTY: true });
    const result = await onTerminal(
      ["privacy", "erase", "--email", email],
      { SESSIONHOOK_STORE: `sqlite:${path}` },
      stdin,
    );
    expect(result.code).toBe(erases ? 0 : 1);
    expect(result.stdout).toContain('Type "erase" to remove it: ');
    expect((await store.stats()).quarantined).toBe(erases ? 1 : 3);
    await store.close();
  });

  it.each([
    [["--email", "jane"], "error: --email: The e-mail address must have the form name@domain\n"],
    [["--email", email, "--vid", "v1"], "session id: --email, --linkedin, --vid or --sid\n"],
    [[], "session id: --email, --linkedin, --vid or --sid\n"],
    [["--linkedin", "https://example.com/in/jane"], "--linkedin: The LinkedIn profile must be its address"],
  ])("refuses %j", async (args, message) => {
    await using folder = await scratch();
    for (const command of ["export", "erase"]) {
      const { code, stderr } = await runCli(["privacy", command, ...args], { cwd: folder.path });
      expect(code).toBe(2);
      expect(stderr).toContain(message);
      expect(stderr).not.toContain("jane@");
    }
  });

  it("refuses a missing or foreign database, and other stores", async () => {
    await using folder = await scratch();
    const erase = (SESSIONHOOK_STORE: string) =>
      runCli(["privacy", "erase", "--vid", "v1", "--yes"], { cwd: folder.path, env: { SESSIONHOOK_STORE } });
    expect((await erase("sqlite:none.db")).stderr).toContain("There is no file");
    expect((await erase("memory:")).stderr).toContain("SESSIONHOOK_STORE must be sqlite:<path>");
    await writeFile(join(folder.path, "text.db"), "no database ".repeat(1000));
    expect(await erase("sqlite:text.db")).toMatchObject({ code: 1, stdout: "" });
  });
});

it("docs/privacy.md has commands that work", async () => {
  await using folder = await scratch();
  const { store } = await filled(folder.path);
  const page = await readFile(new URL("../../../docs/privacy.md", import.meta.url), "utf8");
  const commands = [...page.matchAll(/^npm run sessionhook -- (privacy .+)$/gm)].map(([, args = ""]) =>
    args.split(" "),
  );
  expect(commands.map(([, name]) => name)).toEqual(["export", "erase", "erase"]);
  const codes: (number | null)[] = [];
  for (const args of commands) codes.push((await runCli(args, { cwd: folder.path })).code);
  // Without --yes and a terminal, nothing is erased.
  expect(codes).toEqual([0, 1, 0]);
  expect(await readFile(join(folder.path, "jane.ndjson"), "utf8")).toContain('"kind":"event"');
  expect((await store.stats()).quarantined).toBe(1);
  await store.close();
});
