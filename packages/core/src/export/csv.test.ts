import { expect, it } from "vitest";
import { csvRecord } from "./csv.js";

/** Reads one record of RFC 4180. */
function parse(record: string): string[] {
  const cells = [...record.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
  return cells.map(([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain);
}

it("separates cells by commas and ends a record with CRLF", () => {
  expect(csvRecord(["a", 1, true, null, ""])).toBe('a,1,true,,""\r\n');
});

it("quotes separators, quotes and line ends, so that a reader gets the same text", () => {
  const texts = [
    "a,b",
    'say "hi"',
    "two\r\nlines",
    "two\nlines",
    '"',
    " padded ",
    "Zoë 株式会社 😀",
    "\u202eevil",
  ];
  expect(parse(csvRecord(texts))).toEqual(texts);
});

it.each([
  '=HYPERLINK("https://evil.example")',
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(A1)",
  "\uff1d1+1",
  "\uff0b1",
  "\uff0d1",
  "\uff20A1",
  "+49 170 1234567",
  "-",
  "--1",
  "+1e5x",
])("shows %j as text in a spreadsheet", (text) => {
  expect(parse(csvRecord([text, "x"]))).toEqual([`'${text}`, "x"]);
});

it.each([
  ["a;=1+1;b", "a;'=1+1;b"],
  ["a; +1", "a; '+1"],
  ['a;"@SUM(A1)', "a;\"'@SUM(A1)"],
  ["a\t-1", "a\t'-1"],
  ["a\n=1", "a\n'=1"],
  ["a\r\n\uff1d1", "a\r\n'\uff1d1"],
  ["\t=1+1", "'\t'=1+1"],
  ["\n=1+1", "'\n'=1+1"],
  ["\r=1+1", "'\r'=1+1"],
  ["=1;=2", "'=1;'=2"],
  ["a; b=1", "a; b=1"],
])("shows %j as text where cells are separated otherwise", (text, shown) => {
  expect(parse(csvRecord([text, "x"]))).toEqual([shown, "x"]);
});

it("reads a long text once", () => {
  const text = `;${" \n".repeat(500_000)}`;
  expect(parse(csvRecord([text]))).toEqual([text]);
});

it("leaves numbers and other text unchanged", () => {
  expect(csvRecord([-5, 1.5, 1e21])).toBe("-5,1.5,1e+21\r\n");
  expect(csvRecord(["-5", "+4.25", "-1e-7", "a=1", "'x", "1-2"])).toBe("-5,+4.25,-1e-7,a=1,'x,1-2\r\n");
});
