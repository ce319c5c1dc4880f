import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../paths.ts";

/** Measures the cold start of the Lambda bundle with the script of apps/aws-lambda. */
export function benchLambda(): string {
  const printed = execFileSync(process.execPath, ["scripts/measure.ts"], {
    cwd: join(root, "apps", "aws-lambda"),
    encoding: "utf8",
  });
  return `Medians of 15 interleaved rounds of new processes.\n\n\`\`\`text\n${printed.trim()}\n\`\`\``;
}
