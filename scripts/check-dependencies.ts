// Checks the licences, exact versions and provenance settings of what is shipped, and asks for known vulnerabilities.
// The lockfile is pnpm's to check, by the settings in pnpm-workspace.yaml.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Licences that let anyone use, change and pass on the whole under MIT. */
export const allowed = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "Unlicense",
]);

/** Workspace packages that never leave this repository: what only they use is not shipped. */
const staysHere = /^@sessionhook\/(?:conformance|fixtures|package-tests|testkit|benchmarks|torture)$/;

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly repository?: { readonly url?: string; readonly directory?: string };
  readonly publishConfig?: { readonly provenance?: boolean };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** pnpm's `licenses list --json`: licence → packages. */
type Listing = Readonly<
  Record<string, readonly { readonly name: string; readonly versions: readonly string[] }[]>
>;

const read = (file: string) => readFileSync(join(root, file), "utf8");
const manifests = (): Manifest[] =>
  [
    "package.json",
    ...globSync(["packages/*/package.json", "apps/*/package.json", "*/package.json"], { cwd: root }),
  ]
    .filter((file) => !file.startsWith("node_modules"))
    .map((file) => JSON.parse(read(file)) as Manifest);

/** `--filter` arguments that choose what is shipped: the published packages and the apps. */
export function shipped(): string[] {
  const names = new Set(manifests().map(({ name }) => name));
  return [...names]
    .filter((name) => name !== "sessionhook-workspace" && !staysHere.test(name))
    .map((name) => `--filter=${name}`);
}

/** Packages under a licence that is not allowed; of `A OR B` one is enough, of `A AND B` both are needed. */
export function licenceBreaches(listing: Listing): string[] {
  return Object.entries(listing)
    .filter(([licence]) => !isAllowed(licence))
    .flatMap(([licence, packages]) =>
      packages.map(
        ({ name, versions }) => `${name}@${versions.join(", ")}: the licence ${licence} is not allowed`,
      ),
    );
}

function isAllowed(licence: string): boolean {
  return licence
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((one) => allowed.has(one.trim())));
}

/**
 * Dependencies that are neither an exact version nor of our own workspace. pnpm's `saveExact` rules only what pnpm
 * writes itself.
 */
export function rangeBreaches(manifest: Manifest): string[] {
  const { name, dependencies, devDependencies, optionalDependencies } = manifest;
  // One by one: the same name may stand in two of them.
  return [dependencies, devDependencies, optionalDependencies]
    .flatMap((group) => Object.entries(group ?? {}))
    .filter(
      ([, version]) =>
        !/^(?:\d+\.\d+\.\d+(?:-[\w.]+)?|workspace:\*|npm:@?[\w./-]+@\d+\.\d+\.\d+)$/.test(version),
    )
    .map(([dependency, version]) => `${name}: ${dependency} is not exact: ${version}`);
}

/** Returns the fields that are missing for npm provenance or for readers of the package page. */
export function publishBreaches(manifest: Manifest): string[] {
  const { name, license, repository, publishConfig } = manifest;
  if (manifest.private === true) return [];
  return [
    ...(publishConfig?.provenance === true ? [] : [`${name}: would be published without provenance`]),
    ...(license !== undefined && allowed.has(license) ? [] : [`${name}: has no licence`]),
    ...(repository?.url !== undefined && repository.directory !== undefined
      ? []
      : [`${name}: names no repository`]),
  ];
}

function pnpm(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("pnpm", args, { cwd: root, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

function shippedLicences(): Listing {
  const { stdout } = spawnSync("pnpm", [...shipped(), "licenses", "list", "--prod", "--json"], {
    cwd: root,
    encoding: "utf8",
  });
  return JSON.parse(stdout) as Listing;
}

/** Returns known vulnerabilities in shipped dependencies. Prints a note if the registry does not answer, which fails with REQUIRE_AUDIT=1. */
function auditBreaches(): string[] {
  const { status, output } = pnpm(...shipped(), "audit", "--prod");
  if (status === 0) return [];
  if (!/ERR_PNPM_AUDIT_BAD_RESPONSE|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(output))
    return [`pnpm audit:\n${output}`];
  console.log(
    "audit: NOT DONE, the registry answered no audit request; known holes were not looked for (REQUIRE_AUDIT=1: a failure)",
  );
  return process.env["REQUIRE_AUDIT"] === "1" ? ["pnpm audit had to run and could not"] : [];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const licences = shippedLicences();
  const breaches = [
    ...licenceBreaches(licences),
    ...manifests().flatMap((manifest) => [...rangeBreaches(manifest), ...publishBreaches(manifest)]),
    ...(process.argv.includes("--audit") ? auditBreaches() : []),
  ];
  const count = Object.values(licences).flat().length;
  if (count === 0) breaches.push("no shipped package was found: the check proves nothing");
  console.log(`${count} packages of others are shipped, under ${Object.keys(licences).join(", ")}`);
  for (const breach of breaches) console.error(breach);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
