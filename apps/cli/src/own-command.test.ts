import { expect, it } from "vitest";
import { ownCommand, withOwnExamples } from "./own-command.js";

it.each([
  [{}, "sessionhook doctor"],
  [{ npm_lifecycle_event: "test" }, "sessionhook doctor"],
  [{ npm_lifecycle_event: "npx" }, "npx sessionhook doctor"],
  [{ npm_lifecycle_event: "sessionhook" }, "npm run sessionhook -- doctor"],
])("with %j a command is %s", (env, command) => {
  expect(ownCommand({ env }, "doctor")).toBe(command);
});

it.each([
  ["/app/bin/sessionhook", "sessionhook doctor"],
  ["/opt/sessionhook/bin/sessionhook", "/opt/sessionhook/bin/sessionhook doctor"],
  ["/opt/a b/bin/sessionhook", "'/opt/a b/bin/sessionhook' doctor"],
  ["/clone/apps/cli/dist/main.js", "sessionhook doctor"],
])("started as %s, with /app/bin on the PATH, a command is %s", (script, command) => {
  expect(ownCommand({ env: { PATH: "/usr/bin:/app/bin" }, script }, "doctor")).toBe(command);
});

it("writes the examples of a help text as they can be run", () => {
  const help = `Usage: sessionhook send [options]
for sessionhook verify

Examples:
  $ sessionhook send
  $ SESSIONHOOK_STORE=sqlite:/var/lib/sessionhook/sessionhook.db sessionhook backup /backup/now.db
  $ sessionhook events get evt_1 --raw > body.json
  $ sessionhook replay --where 'company.employeeCount >= 50'
  $ sessionhook events get evt_2 --raw | sessionhook config try --file -
  $ source <(sessionhook completion bash)
`;
  expect(withOwnExamples({ env: {} }, help)).toBe(help);
  expect(withOwnExamples({ env: { npm_lifecycle_event: "sessionhook" } }, help)).toBe(
    help
      .replace("$ sessionhook send", "$ npm run sessionhook -- send")
      .replace("db sessionhook", "db npm run sessionhook --")
      .replace("$ sessionhook replay", "$ npm run sessionhook -- replay")
      .replaceAll("sessionhook events", "npm run --silent sessionhook -- events")
      .replace("| sessionhook", "| npm run --silent sessionhook --")
      .replace("(sessionhook", "(npm run --silent sessionhook --"),
  );
});
