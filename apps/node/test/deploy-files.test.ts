import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SigningSecrets } from "@sessionhook/core";
import { createReceiver } from "@sessionhook/receiver";
import { tableDefinition } from "@sessionhook/stores/dynamodb";
import { createMemoryFactStore, createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, it, type TestContext } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** Folder with the programs that .ci/install-deploy-linters installs. */
const linters = process.env["DEPLOY_LINTERS"] ?? "";

/** Runs a linter. Where it is missing the test is skipped, or fails with REQUIRE_DEPLOY_LINTERS=1. */
function run(context: TestContext, program: string, ...args: string[]) {
  const own = join(linters, "bin", program);
  const { status, stdout, stderr, error } = spawnSync(existsSync(own) ? own : program, args, {
    cwd: root,
    encoding: "utf8",
  });
  const missing =
    error === undefined ? /No module named '(\w+)'/.exec(stderr)?.[0] : `${program} is not installed`;
  if (missing !== undefined) {
    if (process.env["REQUIRE_DEPLOY_LINTERS"] === "1") throw new Error(missing, { cause: error });
    context.skip(missing);
  }
  return { stdout, failure: status === 0 ? "" : `exit code ${status}: ${stdout}${stderr}` };
}

describe("files for deployments", () => {
  it("the Dockerfile passes hadolint", (context) => {
    expect(run(context, "hadolint", "deploy/docker/Dockerfile").failure).toBe("");
  });

  it("what restarts a container checks /healthz: a restart does not free a full disk", () => {
    const read = (file: string) => readFileSync(join(root, "deploy", file), "utf8");
    const health = /^HEALTHCHECK(?:.*\\\n)*.*$/m.exec(read("docker/Dockerfile"))?.[0];
    expect(health).toContain("/healthz");
    expect(health).not.toContain("/readyz");
    for (const probe of ["startupProbe", "livenessProbe"])
      expect(read("kubernetes/sessionhook.yaml")).toMatch(
        new RegExp(`${probe}:\\n *httpGet: \\{ path: /healthz,`),
      );
  });

  it("the Kubernetes manifests are valid for the schemas of Kubernetes", (context) => {
    expect(
      run(context, "kubernetes-validate", "--strict", "deploy/kubernetes/sessionhook.yaml").failure,
    ).toBe("");
  });

  it("the systemd unit passes systemd-analyze", (context) => {
    // The paths of the unit exist after its installation only.
    const { status, stderr, error } = spawnSync(
      "systemd-analyze",
      ["verify", "--man=no", "deploy/systemd/sessionhook.service"],
      { cwd: root, encoding: "utf8" },
    );
    if (error !== undefined) {
      if (process.env["REQUIRE_DEPLOY_LINTERS"] === "1") throw error;
      context.skip("systemd-analyze is not installed");
    }
    const complaints = stderr
      .split("\n")
      .filter((line) => line !== "" && !line.includes("/usr/bin/node is not executable"));
    expect(complaints).toEqual([]);
    expect(status === 0 || complaints.length === 0).toBe(true);
  });

  it("systemd repeats a start that fails at once without end", () => {
    const unit = readFileSync(join(root, "deploy/systemd/sessionhook.service"), "utf8");
    expect(unit).toMatch(/^\[Unit\]$[^[]*^StartLimitIntervalSec=0$/m);
    expect(unit).toMatch(/^\[Service\]$[^[]*^Restart=always\nRestartSec=2$/m);
  });

  it("the alert rules pass promtool", (context) => {
    expect(run(context, "promtool", "check", "rules", "deploy/monitoring/alerts.yaml").failure).toBe("");
  });

  it("the alert rules fire when they must, and not otherwise", (context) => {
    expect(run(context, "promtool", "test", "rules", "deploy/monitoring/alerts.test.yaml").failure).toBe("");
  });

  it("every alert rule has a test in which it fires", () => {
    const tests = readFileSync(join(root, "deploy/monitoring/alerts.test.yaml"), "utf8");
    const rules = readFileSync(join(root, "deploy/monitoring/alerts.yaml"), "utf8");
    const names = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(tests).toContain(`alertname="${name}"`);
    // The rule that the documentation leaves to the reader is tested too.
    const [, silence = ""] =
      /\*\*Silence\*\*[^`]*`([^`]+)`/.exec(readFileSync(join(root, "docs/monitoring.md"), "utf8")) ?? [];
    expect(silence).toContain("sessionhook_messages_total");
    expect(tests).toContain(`expr: ${silence}`);
  });

  it("compose.yaml is valid", (context) => {
    expect(
      run(context, "docker-compose", "-f", "deploy/docker/compose.yaml", "config", "--quiet").failure,
    ).toBe("");
  });

  it("fly.toml is valid TOML and checks /readyz", (context) => {
    const { stdout: text } = run(
      context,
      "python3",
      "-c",
      "import tomllib,json;print(json.dumps(tomllib.load(open('deploy/fly/fly.toml','rb'))))",
    );
    const { mounts, http_service: service } = JSON.parse(text) as {
      mounts: object[];
      http_service: { internal_port: number; checks: { path: string }[] };
    };
    expect(mounts).toMatchObject([{ destination: "/data" }]);
    expect(service).toMatchObject({ internal_port: 8787, checks: [{ path: "/readyz" }] });
  });

  it("Kubernetes and Fly set the memory that the documentation plans for hostile load", () => {
    const read = (file: string) => readFileSync(join(root, file), "utf8");
    const [, planned] = /can reach the port,\s+plan (\d+) GiB/.exec(read("docs/capacity.md")) ?? [];
    const [, bound, again] =
      /below ([\d.]+) GiB of resident memory on Node.*Plan\S* (\d+) GiB on Node/.exec(
        read("docs/guarantees.md"),
      ) ?? [];
    expect(again).toBe(planned);
    expect(Number(planned)).toBeGreaterThan(Number(bound));
    expect(read("deploy/kubernetes/sessionhook.yaml")).toContain(`limits: { memory: ${planned}Gi }`);
    expect(read("deploy/fly/fly.toml")).toMatch(
      new RegExp(`^\\[\\[vm\\]\\][^[]*^memory = "${planned}gb"$`, "m"),
    );
  });

  it("the Terraform table has the keys and indexes of the store", (context) => {
    const { stdout: text } = run(
      context,
      "python3",
      "-c",
      "import hcl2,json;print(json.dumps(hcl2.load(open('deploy/terraform/main.tf'))))",
    );
    const { GlobalSecondaryIndexes = [] } = tableDefinition("events");
    for (const { IndexName = "", KeySchema = [] } of GlobalSecondaryIndexes) {
      const keys = KeySchema.map(({ AttributeName }) => AttributeName);
      expect(text.replaceAll("\\", "").replaceAll('"', "")).toMatch(
        new RegExp(`${IndexName}: \\[${keys.join(", ")}\\]`),
      );
    }
  });

  it("alerts and dashboard use existing metrics, and the documentation lists all of them", async () => {
    const store = createMemoryStore();
    const { app } = createReceiver({
      // As the SQLite store has it.
      store: Object.assign(store, { logBytes: 0 }),
      facts: createMemoryFactStore(store),
      secrets: new SigningSecrets("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
      adminToken: "token",
      openMetrics: true,
      lastBackupAt: async () => 0,
    });
    const text = await (await app.request("/metrics")).text();
    const families = new Map(
      [...text.matchAll(/^# TYPE (sessionhook_\w+) (\w+)$/gm)].map(([, name, type]) => [name, type]),
    );
    const known = [...families].flatMap(([name, type]) =>
      type === "histogram" ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    );
    const namesIn = (file: string) => [
      ...new Set(readFileSync(join(root, file), "utf8").match(/\bsessionhook_[a-z_]+/g)),
    ];
    for (const file of [
      "deploy/monitoring/alerts.yaml",
      "deploy/monitoring/grafana-dashboard.json",
      "docs/monitoring.md",
    ])
      for (const name of namesIn(file)) expect(known, file).toContain(name);
    expect(namesIn("docs/monitoring.md")).toEqual(expect.arrayContaining([...families.keys()]));
  });
});
