/**
 * Finds what a shell, a file or a template has left in a path: with it, the path names another file.
 * @returns a predicate such as `is in quotes; remove them`, to be put after a subject; undefined if there is nothing
 */
export function pathLeftoverOf(path: string): string | undefined {
  if (/^\s|\s$/.test(path)) return "begins or ends with white space or a newline; remove it";
  // oxlint-disable-next-line no-control-regex
  if (/[\0-\x1f\x7f]/.test(path)) return "contains a control character, such as a newline; remove it";
  if (/^["'`“”‘’]|["'`“”‘’]$/.test(path)) return "is in quotes; remove them";
  if (/\$\{|\$\(|(?:^|[\\/])\$[A-Z_]|%[A-Z_]+%|\{\{/.test(path))
    return "contains a reference that nothing has replaced by its value";
  return undefined;
}
