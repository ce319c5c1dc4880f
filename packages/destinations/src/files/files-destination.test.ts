import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeDestination } from "@sessionhook/conformance/destination-suite";
import { readFiles } from "../../test/read-files.js";
import { drivers } from "../registry.js";

describeDestination("files", {
  can: ["fails"],
  sends: 20,
  failure: "blocked",
  secrets: [],
  arrivesOnClose: true,
  make: async () => {
    const root = await mkdtemp(join(tmpdir(), "sessionhook-files-"));
    const [real, file] = [join(root, "real"), join(root, "file")];
    await mkdir(real);
    await writeFile(file, "");
    // Another folder, or a file in place of one: permissions do not hold root.
    const become = async (target: string) => {
      await symlink(target, join(root, "next"));
      await rename(join(root, "next"), join(root, "archive"));
    };
    await become(real);
    return {
      open: () => drivers.files.create({ path: "archive" }, { name: "archive", folder: root, now: Date.now }),
      behave: (how) => become(how === "fails" ? file : real),
      arrived: async () => (await readFiles(real)).map(({ id }) => String(id)),
      cleanup: () => rm(root, { recursive: true }),
    };
  },
});
