import { writeFileSync } from "node:fs";
import { configSchema } from "./config-schema.ts";

const file = new URL("../../json-schema/config.schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(configSchema(), null, 2)}\n`);
