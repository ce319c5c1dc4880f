import { delimiter, join } from "node:path";
import { cache, root } from "./paths.ts";

export interface Step {
  /**
   * `install` downloads packages from a registry; when it fails, the consumer counts as not run. `build` contains all slow
   * work, mainly compiling: signatures are valid for five minutes and are created between `build` and `run`.
   */
  readonly kind: "install" | "build" | "run";
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

export interface Language {
  readonly name: string;
  readonly folder: string;
  /** Required programs, each with the arguments that print its version. */
  readonly needs: readonly (readonly [string, ...string[]])[];
  /** The files that pin the packages; `install` runs when they change. */
  readonly pins: readonly string[];
  readonly steps: readonly Step[];
  /** The provider's official SDK for this language, if there is one. */
  readonly sdk?: { readonly name: string; readonly steps?: readonly Step[]; readonly excused?: string };
  /** Data that the generated types cannot preserve, as documented in docs/guides. Any other loss is a fault. */
  readonly limits: {
    /** Unknown fields are dropped. */
    readonly losesUnknownFields?: boolean;
    /** An optional field that was absent comes back as null. */
    readonly absentBecomesNull?: boolean;
    /** An optional field that was null comes back absent. */
    readonly nullBecomesAbsent?: boolean;
  };
}

export const inputsFile = join(cache, "inputs.json");
export const observationsFile = (folder: string) => join(cache, folder, "observations.json");
export const env = {
  ...process.env,
  PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}`,
};

const venv = join(root, "consumers", "python", ".venv");
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
      { kind: "build", command: join(venv, "bin", "python"), args: ["generate.py", inputsFile] },
      { kind: "run", command: join(venv, "bin", "python"), args: ["consume.py", ...files("python")] },
    ],
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
      { kind: "build", command: "node", args: ["generate.mjs", inputsFile] },
      { kind: "build", command: "go", args: ["vet", "."] },
      { kind: "build", command: "go", args: ["build", "-o", "target/consumer", "."] },
      { kind: "run", command: "target/consumer", args: files("go") },
    ],
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
      { kind: "build", command: "node", args: ["prepare.mjs", inputsFile] },
      { kind: "build", command: "mvn", args: ["--batch-mode", "--quiet", "--offline", "package"] },
      { kind: "run", command: "java", args: ["-jar", "target/consumer.jar", ...files("java")] },
    ],
    limits: { nullBecomesAbsent: true },
  },
];
