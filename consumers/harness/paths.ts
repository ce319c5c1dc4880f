import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
/** Folder for everything that the consumers download, generate and write. */
export const cache = join(root, "consumers", ".cache");
