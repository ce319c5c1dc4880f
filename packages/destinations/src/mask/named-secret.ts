const names = /(?:password|passwd|pwd|secret|token|api[ _-]?key|authorization|credential)s?(?:[_-]?key)?/
  .source;
const separator = /["']?\s{0,16}[:=]{1,2}>?\s{0,16}/.source;
const scheme = /(?:(?:basic|bearer|digest|token|api[_-]?key)\s{1,16})?/.source;

/**
 * Matches the value after a name of a secret: in quotes up to the closing one, otherwise up to white space, a quote, `&`
 * or an angle bracket, without a comma at its end. Names without `:` or `=`, as in sentences, have no value. It takes
 * linear time: what is repeated before the value is bounded, and a value is searched once.
 */
export const namedSecret: RegExp = new RegExp(
  [
    String.raw`(?<=${names}${separator}")(?:\\.|[^"\\])+`,
    String.raw`(?<=${names}${separator}')(?:\\.|[^'\\])+`,
    String.raw`(?<=${names}${separator})${scheme}[^\s"'&<>]*[^\s"'&<>,;]`,
  ].join("|"),
  "gis",
);
