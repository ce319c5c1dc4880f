// Generates Go structs from the published schemas with quicktype, one package per event type.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const { events } = JSON.parse(readFileSync(process.argv[2], "utf8"));
rmSync("generated", { recursive: true, force: true });
for (const { schema, title, module } of events) {
  const name = module.replaceAll("_", "");
  mkdirSync(`generated/${name}`, { recursive: true });
  const file = `generated/${name}/event.go`;
  const { status, stdout, stderr } = spawnSync(
    "node_modules/.bin/quicktype",
    ["--src-lang", "schema", "--lang", "go", "--package", name, "--top-level", title, "--out", file, schema],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`quicktype failed on ${schema}:\n${stdout}${stderr}`);
  // omitempty drops empty objects and lists that were present; omitzero (Go 1.24) drops only absent ones.
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(",omitempty", ",omitzero"));
}
