import { registerHooks } from "node:module";

// Lets a child process run the TypeScript sources, which import each other as ".js", unbuilt.
registerHooks({
  resolve(specifier, context, next) {
    const fromSource = context.parentURL?.endsWith(".ts") === true;
    const relative = specifier.startsWith("./") || specifier.startsWith("../");
    if (!fromSource || !relative || !specifier.endsWith(".js")) return next(specifier, context);
    return next(specifier.replace(/\.js$/, ".ts"), context);
  },
});
