export type Cell = string | number | boolean | null;

/** Returns a record of RFC 4180 with its line end. Null is an empty cell, an empty text a quoted one. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Spreadsheets read a text that begins like this as a formula. The wide forms count in East Asian versions. */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** Some spreadsheets begin a new cell at a semicolon, whatever is quoted: those of languages with a decimal comma. Pasted text has cells between tabs. */
const laterFormula = /(?=[=+\-@\uff1d\uff0b\uff0d\uff20])(?<=[;\t\r\n]["\s]*)/g;
const plainNumber = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function csvCell(value: Cell): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const first = formula.test(value) && !plainNumber.test(value) ? `'${value}` : value;
  const text = first.replaceAll(laterFormula, "'");
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
