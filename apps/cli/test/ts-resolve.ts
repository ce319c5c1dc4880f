import { registerHooks } from "node:module";

/** Runs the CLI from its TypeScript sources, so that no test uses an old build: resolves `./x.js` to `./x.ts`. */
registerHooks({
  resolve(specifier, context, next) {
    const fromSource = context.parentURL?.endsWith(".ts") === true && specifier.startsWith(".");
    return next(fromSource ? specifier.replace(/\.js$/, ".ts") : specifier, context);
  },
});
