import { registerHooks } from "node:module";

/** Runs the CLI's TypeScript as it stands, so that no test sees an old build: `./x.js` means `./x.ts`. */
registerHooks({
  resolve(specifier, context, next) {
    const fromSource = context.parentURL?.endsWith(".ts") === true && specifier.startsWith(".");
    return next(fromSource ? specifier.replace(/\.js$/, ".ts") : specifier, context);
  },
});
