/** Words of a name that belong to a secret. */
const secretWords =
  /^(?:auth|authorization|authentication|token|key|apikey|accesskey|secret|password|passwd|pwd|signature|sig|credentials?)$/;
/** Its word "key" identifies a request. */
const notSecret = "idempotency-key";

/**
 * Returns the keys whose texts are secrets by their names, in the form of `secrets` of a driver: headers, and a URL with
 * such a parameter.
 */
export function namedSecrets({ url, headers }: Readonly<Record<string, unknown>>): readonly string[] {
  const names = typeof headers === "object" && headers !== null ? Object.keys(headers) : [];
  const secretHeaders = names.filter(isSecretName).map((name) => `headers.${name}`);
  return parameterNames(url).some(isSecretName) ? ["url", ...secretHeaders] : secretHeaders;
}

/** Compares whole words: `x-author` and `keyword` are no secrets. */
function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "-")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => secretWords.test(word)) && name.toLowerCase() !== notSecret;
}

function parameterNames(url: unknown): string[] {
  return typeof url === "string" && URL.canParse(url) ? [...new URL(url).searchParams.keys()] : [];
}
