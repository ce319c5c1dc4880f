/** Returns the Sessionhook packages that the TypeScript of a page imports or loads, sorted. */
export function importedBy(page: string): string[] {
  return named(blocks(page, /^(?:ts|typescript|tsx)$/), /["'`](@sessionhook\/[\w-]+)/g);
}

/** Returns the Sessionhook packages that the `npm install` commands of a page name, sorted. */
export function installedBy(page: string): string[] {
  const commands = blocks(page, /^sh$/).match(/^npm (?:install|i) .*$/gm) ?? [];
  return named(commands.join("\n"), /(?<=\s)(@sessionhook\/[\w-]+)/g);
}

function blocks(page: string, kind: RegExp): string {
  return [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, language = ""]) => kind.test(language))
    .map(([, , text = ""]) => text)
    .join("\n");
}

function named(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].toSorted();
}
