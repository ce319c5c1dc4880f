import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { tableDefinition } from "@sessionhook/stores/dynamodb";
import { describe, expect, it } from "vitest";
import { parse, type Tags, type YAMLSeq } from "yaml";

const file = fileURLToPath(new URL("../template.yaml", import.meta.url));
const lint = process.env["CFN_LINT"] ?? "cfn-lint";
const storeFolder = fileURLToPath(new URL("../../../packages/stores/src/dynamodb/", import.meta.url));

/** Parses `!Ref x` as `{ Ref: "x" }`. */
const customTags: Tags = ["Ref", "Sub", "GetAtt", "If", "Equals", "Not"].flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => ({ [name]: text }) },
  {
    tag: `!${name}`,
    collection: "seq" as const,
    resolve: (seq: unknown) => (seq as YAMLSeq).toJSON() as unknown,
  },
]);

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}
interface Alarm {
  readonly AlarmDescription: string;
  readonly MetricName: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
}
interface Template {
  readonly Parameters: Readonly<Record<string, { readonly AllowedValues?: string[] }>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: never }>>;
}
const { Parameters, Resources } = parse(readFileSync(file, "utf8"), { customTags }) as Template;
const properties = (name: string): Record<string, unknown> => Resources[name]?.Properties ?? {};
const statements = (
  properties("Role")["Policies"] as { PolicyDocument: { Statement: Statement[] } }[]
).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

describe("template.yaml", () => {
  it("allows exactly the actions that the store uses", () => {
    const sources = globSync("*.ts", { cwd: storeFolder }).filter(
      (name) => !/\.test\.ts$|^schema\.ts$/.test(name),
    );
    const used = sources.flatMap((name) =>
      [...readFileSync(storeFolder + name, "utf8").matchAll(/\bcall\("(\w+)"/g)].map(([, call]) => call),
    );
    const allowed = statements
      .flatMap(({ Action }) => Action)
      .filter((action) => action.startsWith("dynamodb:"));
    expect(used.length).toBeGreaterThan(5);
    expect(allowed.toSorted()).toEqual([...new Set(used.map((call) => `dynamodb:${call}`))].toSorted());
  });

  it("allows them only on its own table and log group", () => {
    const resources = statements.flatMap(({ Resource }) => Resource);
    for (const resource of resources)
      expect([
        { GetAtt: "Events.Arn" },
        // oxlint-disable-next-line no-template-curly-in-string -- CloudFormation's own placeholder
        { Sub: "${Events.Arn}/index/*" },
        { GetAtt: "LogGroup.Arn" },
      ]).toContainEqual(resource);
    expect(JSON.stringify(statements.map(({ Action }) => Action))).not.toContain("*");
  });

  it("creates the table of the store, with time to live and backups", () => {
    const { TableName: _, ...wanted } = tableDefinition("any");
    const table = properties("Events");
    expect(table).toMatchObject(wanted);
    expect(table["TimeToLiveSpecification"]).toEqual({ AttributeName: "expires", Enabled: true });
    expect(table["PointInTimeRecoverySpecification"]).toEqual({ PointInTimeRecoveryEnabled: true });
    expect(Resources["Events"]).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });

  it("refers to the file and the export of the bundle", () => {
    expect(properties("Receiver")).toMatchObject({ CodeUri: "dist/function", Handler: "handler.handler" });
  });

  it("has the parameters, the alarms and the variables of the function that the Terraform file has", () => {
    const terraform = readFileSync(new URL("../../../deploy/terraform/main.tf", import.meta.url), "utf8");
    const text = terraform.replaceAll(/\s+/g, " ");
    // Terraform reads the secret whenever it is applied.
    for (const name of Object.keys(Parameters).filter((name) => name !== "SettingsVersion"))
      expect(text).toContain(`variable "${name.replaceAll(/\B[A-Z]/g, "_$&").toLowerCase()}"`);
    const levels = JSON.stringify(Parameters["LogLevel"]?.AllowedValues).replaceAll(",", ", ");
    expect(text).toContain(`contains(${levels}, var.log_level)`);
    expect(text).toContain("var.retention_days >= 0 && var.retention_days <= 36500");

    const alarms = Object.values(Resources).filter(({ Type }) => Type === "AWS::CloudWatch::Alarm");
    expect(alarms).toHaveLength(3);
    for (const { Properties } of alarms) {
      const { AlarmDescription, MetricName, EvaluationPeriods, DatapointsToAlarm = 1 } = Properties as Alarm;
      expect(text).toContain(
        `description = "${AlarmDescription}" metric = "${MetricName}" minutes = ${EvaluationPeriods} failing = ${DatapointsToAlarm}`,
      );
    }
    const { Variables } = properties("Receiver")["Environment"] as { Variables: object };
    for (const name of Object.keys(Variables).filter((name) => name !== "SETTINGS_VERSION"))
      expect(terraform).toMatch(new RegExp(`^ +${name} += `, "m"));
  });

  it.each([
    "deploy/terraform/main.tf",
    "docs/runtimes/aws-lambda.md",
    "docs/runtimes/cloudflare-workers.md",
    "apps/cloudflare-workers/wrangler.jsonc",
  ])("%s names build commands that exist", (path) => {
    const root = new URL("../../../", import.meta.url);
    const { scripts } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
      scripts: object;
    };
    const commands = [...readFileSync(new URL(path, root), "utf8").matchAll(/npm run ([\w:]+)/g)];
    expect(commands.map(([, name]) => name)).toContainEqual(expect.stringMatching(/^build:/));
    for (const [, name] of commands) expect(Object.keys(scripts)).toContain(name);
  });

  const missing = lintMissing();
  it.skipIf(missing !== undefined)(
    `passes cfn-lint${missing === undefined ? "" : ` (${missing})`}`,
    { timeout: 120_000 },
    () => {
      const { status, stdout, stderr } = spawnSync(lint, ["--include-checks", "I", "--", file], {
        encoding: "utf8",
      });
      expect([stdout, stderr, status]).toEqual(["", "", 0]);
    },
  );
});

/** Returns why cfn-lint cannot run, or undefined; throws instead when REQUIRE_CFN_LINT=1. */
function lintMissing(): string | undefined {
  if (spawnSync(lint, ["--version"]).status === 0) return undefined;
  const reason = "cfn-lint (a Python program) is neither in PATH nor at the path in CFN_LINT";
  if (process.env["REQUIRE_CFN_LINT"] === "1") throw new Error(reason);
  return reason;
}
