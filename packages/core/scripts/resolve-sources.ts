import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/** Lets Node run the TypeScript sources as they stand: `./x.js` is taken as `./x.ts` where only that exists. */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith(".") && specifier.endsWith(".js") && context.parentURL !== undefined) {
      const source = new URL(specifier.replace(/\.js$/, ".ts"), context.parentURL);
      if (source.protocol === "file:" && existsSync(fileURLToPath(source))) return next(source.href, context);
    }
    return next(specifier, context);
  },
});
