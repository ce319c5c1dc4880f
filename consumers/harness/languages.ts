import { delimiter, join } from "node:path";
import { guideModuleStep, guideScriptStep, guideStep, prepareStep } from "./guides.ts";
import type { Column, Language } from "./language.ts";
import { answerNames } from "./inputs.ts";
import { cache, root } from "./paths.ts";

export const inputsFile = join(cache, "inputs.json");
export const observationsFile = (folder: string) => join(cache, folder, "observations.json");
export const env = {
  ...process.env,
  PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}`,
};

const types: readonly Column[] = ["names", "validated", "rejected", "round-trip", "times", "signature"];
const venv = join(root, "consumers", "python", ".venv");
const venvPath = `${join(venv, "bin")}:$PATH`;
const files = (folder: string) => [inputsFile, observationsFile(folder)];

export const languages: readonly Language[] = [
  {
    name: "Python",
    folder: "python",
    needs: [["python3", "--version"]],
    pins: ["requirements.txt"],
    steps: [
      { kind: "install", command: "python3", args: ["-m", "venv", venv] },
      {
        kind: "install",
        command: join(venv, "bin", "pip"),
        args: ["install", "--quiet", "--disable-pip-version-check", "--requirement", "requirements.txt"],
      },
      prepareStep,
      guideStep("python.md", "datamodel-codegen", "build", venvPath),
      guideStep("python.md", "openapi-python-client generate", "build", venvPath),
      { kind: "run", command: join(venv, "bin", "python"), args: ["consume.py", ...files("python")] },
    ],
    columns: [...types, "client", "official SDK"],
    names: { files: "generated/events.py", declaration: /^class (\w+)\(/gm },
    sdk: { name: "midbound-cloud" },
    limits: {},
  },
  {
    name: "Go",
    folder: "go",
    needs: [
      ["go", "version"],
      ["npm", "--version"],
    ],
    pins: ["go.sum", "package-lock.json"],
    steps: [
      { kind: "install", command: "npm", args: ["ci", "--no-audit", "--no-fund"] },
      { kind: "install", command: "go", args: ["mod", "download"] },
      prepareStep,
      guideStep("go.md", "npx quicktype"),
      { kind: "build", command: "go", args: ["vet", "."] },
      { kind: "build", command: "go", args: ["build", "-o", "target/consumer", "."] },
      { kind: "run", command: "target/consumer", args: files("go") },
    ],
    columns: [...types, "official SDK"],
    names: { files: "generated/events/*.go", declaration: /^type (\w+) /gm, renamed: { Seo: "SEO" } },
    sdk: {
      name: "github.com/Midbound/cloud-sdk-go",
      excused:
        "the module proxy does not provide it; MIDBOUND_CLOUD_SDK_GO may name a folder with its source. Its Unwrap verifies with the Standard Webhooks library, which the signature column tests in the same version",
      steps: [
        { kind: "install", command: "node", args: ["prepare.mjs"], cwd: "official-sdk" },
        {
          kind: "build",
          command: "go",
          args: ["build", "-modfile=generated/go.mod", "-o", "target/consumer", "."],
          cwd: "official-sdk",
        },
        { kind: "run", command: "target/consumer", args: files("go"), cwd: "official-sdk" },
      ],
    },
    limits: { losesUnknownFields: true, absentBecomesNull: true },
  },
  {
    name: "Rust",
    folder: "rust",
    needs: [["cargo", "--version"]],
    pins: ["Cargo.lock"],
    steps: [
      { kind: "install", command: "cargo", args: ["fetch", "--locked"] },
      { kind: "build", command: "cargo", args: ["build", "--locked", "--quiet"] },
      { kind: "run", command: "target/debug/consumer", args: files("rust") },
    ],
    columns: types,
    names: {
      files: "generated/events.rs",
      declaration: /^\s*pub (?:struct|enum) (\w+)/gm,
      added: /^ConversionError$/,
    },
    limits: { nullBecomesAbsent: true },
  },
  {
    name: "Java",
    folder: "java",
    needs: [
      ["java", "-version"],
      ["mvn", "--version"],
    ],
    pins: ["pom.xml"],
    steps: [
      {
        kind: "install",
        command: "mvn",
        args: ["--batch-mode", "--quiet", "dependency:resolve", "dependency:resolve-plugins"],
      },
      // The generator leaves the classes of definitions that no longer exist.
      { kind: "build", command: "rm", args: ["-rf", "target/generated-sources", "target/classes"] },
      { kind: "build", command: "mvn", args: ["--batch-mode", "--quiet", "--offline", "package"] },
      { kind: "run", command: "java", args: ["-jar", "target/consumer.jar", ...files("java")] },
    ],
    columns: types,
    names: {
      files: "target/generated-sources/events/**/*.java",
      declaration: /^public class (\w+)/gm,
      forbidden: /private (?:java\.lang\.)?Object \w+/,
    },
    limits: { nullBecomesAbsent: true },
  },
  {
    name: "TypeScript",
    folder: "typescript",
    needs: [["npm", "--version"]],
    pins: ["package-lock.json"],
    steps: [
      { kind: "install", command: "npm", args: ["ci", "--no-audit", "--no-fund"] },
      prepareStep,
      guideStep("typescript.md", "npx json2ts"),
      guideStep("typescript.md", "npx openapi-typescript"),
      guideModuleStep("typescript.md", "JSON.parse(body)", "guide-types.ts", "body"),
      guideModuleStep("typescript.md", "createClient", "guide-client.ts", "adminToken"),
      { kind: "build", command: "node", args: ["generate-samples.mjs", inputsFile, "./events.js"] },
      { kind: "build", command: "tsc", args: ["-p", "."] },
      { kind: "run", command: "node", args: ["target/consume.js", ...files("typescript")] },
    ],
    columns: ["names", "round-trip", "client"],
    names: { files: "generated/events.ts", declaration: /^export (?:interface|type) (\w+)/gm },
    limits: {},
  },
  {
    name: "Modelina",
    folder: "modelina",
    needs: [["npm", "--version"]],
    pins: ["package-lock.json"],
    steps: [
      { kind: "install", command: "npm", args: ["ci", "--no-audit", "--no-fund"] },
      prepareStep,
      guideScriptStep("typescript.md", "TypeScriptFileGenerator"),
      guideScriptStep("typescript.md", "JavaFileGenerator"),
      {
        kind: "build",
        command: "node",
        args: ["../typescript/generate-samples.mjs", inputsFile, "./models/*.js"],
      },
      { kind: "build", command: "tsc", args: ["-p", "."] },
      { kind: "run", command: "node", args: ["target/consume.js", ...files("modelina")] },
    ],
    columns: ["names", "round-trip"],
    names: {
      files: "generated/{models/*.ts,java/*.java}",
      declaration: /^(?:export |public )?(?:interface|type|class|enum) (\w+)/gm,
      // The messages of the channel.
      added: /^Webhooks$/,
    },
    limits: {},
  },
  {
    name: "openapi-generator",
    folder: "openapi-generator",
    needs: [
      ["java", "-version"],
      ["mvn", "--version"],
      ["go", "version"],
    ],
    pins: ["go.sum", "../../docs/guides/openapi-generator.md"],
    steps: [
      { kind: "install", command: "mkdir", args: ["-p", "generated"] },
      guideStep("openapi-generator.md", "dependency:copy", "install"),
      { kind: "install", command: "go", args: ["mod", "download"] },
      prepareStep,
      guideStep("openapi-generator.md", "--package-name receiver"),
      guideStep("openapi-generator.md", "--package-name webhooks"),
      { kind: "build", command: "go", args: ["build", "./generated/webhooks"] },
      { kind: "build", command: "go", args: ["build", "-o", "target/consumer", "."] },
      { kind: "run", command: "target/consumer", args: files("openapi-generator") },
    ],
    columns: ["names", "round-trip", "times", "client"],
    names: {
      files: "generated/receiver/model_*.go",
      declaration: /^type ([A-Z]\w*) /gm,
      added: new RegExp(`^(?:Nullable\\w+|ReceiveEventRequest|${answerNames().join("|")})$`),
    },
    limits: { nullMapBecomesAbsent: true },
  },
];
