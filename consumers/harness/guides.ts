import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";
import type { Step } from "./language.ts";

/** Returns the block of code of a language in a guide that contains a text. */
export function guideBlock(guide: string, language: string, text: string): string {
  const page = readFileSync(join(root, "docs", "guides", guide), "utf8");
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, of, block = ""]) => of === language && block.includes(text))
    .map(([, , block = ""]) => block);
  if (blocks.length !== 1)
    throw new Error(`${guide} has ${blocks.length} blocks of ${language} with "${text}" instead of one`);
  return blocks[0] as string;
}

/** Returns the step that runs those commands in the folder `generated`, where `package` is the published package. */
export function guideStep(guide: string, text: string, kind: Step["kind"] = "build", path = "$PATH"): Step {
  const commands = `PATH="${path}"\n${guideBlock(guide, "sh", text)}`;
  return { kind, command: "sh", args: ["-euc", commands], cwd: "generated" };
}

/** Returns the step that runs the script of a guide, the block of JavaScript that contains a text, in the same folder. */
export function guideScriptStep(guide: string, text: string): Step {
  const script = ["--input-type=module", "-e", guideBlock(guide, "js", text)];
  return { kind: "build", command: "node", args: script, cwd: "generated" };
}

/** Returns the step that writes a block of TypeScript as a module, to be compiled; `given` declares what the block uses. */
export function guideModuleStep(guide: string, text: string, file: string, given: string): Step {
  const write = "require('node:fs').writeFileSync(process.argv[1], process.argv[2])";
  const source = `${guideBlock(guide, "ts", text)}\ndeclare const ${given}: string;\n`;
  return { kind: "build", command: "node", args: ["-e", write, file, source], cwd: "generated" };
}

/**
 * Empties the folder `generated`, apart from downloaded jars, and puts the published package where `npm pack` and `tar` would
 * put it.
 */
export const prepareStep: Step = {
  kind: "build",
  command: "sh",
  args: [
    "-euc",
    "mkdir -p generated && find generated -mindepth 1 -maxdepth 1 ! -name '*.jar' -exec rm -r {} + && " +
      "ln -s ../../../packages/json-schema generated/package",
  ],
};
