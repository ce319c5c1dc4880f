import { cpus } from "node:os";
import { benchVerify } from "./verify-parse-validate.ts";

const quick = process.argv.includes("--quick");
const options = quick ? { rounds: 3, roundMs: 60 } : { rounds: 11, roundMs: 250 };

console.log(
  `${process.release.name} ${process.version}, ${cpus()[0]?.model.trim()} × ${cpus().length}, ${process.platform} ${process.arch}`,
);
for (const bytes of [1_000, 6_000, 60_000, 600_000]) {
  const { size, results } = benchVerify(bytes, options);
  console.log(
    `\nverify + parse + validate, events of ${size} bytes (${options.rounds} rounds in alternation)`,
  );
  console.log(`${"".padEnd(62)}${"µs median".padStart(10)}${"min–max".padStart(18)}${"× floor".padStart(9)}`);
  for (const { name, median, min, max, ratio } of results) {
    const spread = `${min.toFixed(1)}–${max.toFixed(1)}`;
    console.log(
      `${name.padEnd(62)}${median.toFixed(1).padStart(10)}${spread.padStart(18)}${ratio.toFixed(2).padStart(9)}`,
    );
  }
}
