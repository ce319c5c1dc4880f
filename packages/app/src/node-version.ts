const oldest = [22, 13] as const;

/**
 * Returns the reason why the apps and the command line do not run on this version of Node; undefined if they do.
 * @param version such as `22.13.0`
 */
export function unsupportedNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
  return `needs Node ${oldest.join(".")} or newer; this is v${version}`;
}
