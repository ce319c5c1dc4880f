/**
 * Returns a path without the base path. A proxy may have removed it already, so other paths stay as they are.
 * @param basePath without a slash at its end; empty for the root
 */
export function belowBasePath(path: string, basePath: string): string {
  if (basePath === "" || !path.startsWith(basePath)) return path;
  const rest = path.slice(basePath.length);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : path;
}
