import { Environment } from "@marcbachmann/cel-js";
import { describe, expect, it, vi } from "vitest";
import { checkFilter, compileFilter } from "./compile-filter.js";
import { FilterError } from "./filter-error.js";

const facts = {
  personEmail: "ada@example.com",
  personSeniority: "vp",
  companyEmployeeCount: 60,
  companyName: "Acme",
  pages: ["/pricing/teams", "/docs"],
} as const;

describe("a filter", () => {
  it.each([
    ["company.employeeCount >= 50 && pages.exists(p, p.like('/pricing*'))", true],
    ["company.employeeCount == 60", true],
    ["60 != company.employeeCount", false],
    ["company.employeeCount in [10, 60]", true],
    ["company.employeeCount / 2 + 1 > 30", true],
    ["size(pages) == 2 && pages.all(p, p.startsWith('/'))", true],
    ["pages.filter(p, p.contains('doc')).size() == 1", true],
    ["has(person.email) && !has(person.phones)", true],
    ["has(person.title) && person.title == 'CEO'", false],
    ["person.title == 'CEO' || company.name.lowerAscii() == 'acme'", true],
    ["person.seniority == 'vp'", true],
    ["pages.exists(p, pages.exists(q, p != q))", true],
    ["person.title == 'CEO'", "error"],
    ["!bot.likely", "error"],
    ["pages[7] == '/docs'", "error"],
  ])("%s is %s", (text, expected) => {
    expect(compileFilter(text).matches(facts)).toBe(expected);
  });

  it("sees no facts of an event that has none", () => {
    expect(compileFilter("pages.exists(p, true) || has(person.email)").matches(undefined)).toBe(false);
  });

  it.each([
    ["person.emial == 'x'", 1, 8, /emial/],
    ["has(person.emial)", 1, 12, /No such fact: person\.emial/],
    ["has(person)", 1, 5, /person\.email/],
    ["person.email >", 1, 15, /EOF/],
    ["true &&\n  persn.email == 'x'", 2, 3, /persn/],
    ["person.email > 3", 1, 1, /string > int/],
    ["person.email", 1, 1, /must be a condition/],
    ["person.seniority == 'VP'", 1, 21, /one of .*vp/],
    ["person.email.matches('a')", 1, 1, /like\(\)/],
    ["'a'.like(person.email)", 1, 17, /in quotes/],
    ["cel.bind(a, 'x', a == 'x')", 1, 1, /bind\(\) is not available/],
    ["pages.map(p, p + p).size() > 0", 1, 1, /map\(\) is not available/],
    ["dyn(person.email) > 3", 1, 1, /dyn\(\) is not available/],
    ["pages.exists(a, pages.exists(b, pages.exists(c, true)))", 1, 33, /inside one another/],
    ["", 1, 1, /empty/],
    [`${"(".repeat(40)}true${")".repeat(40)}`, 1, 25, /nested too deeply/],
    [`${"!".repeat(4000)}true`, 1, 3501, /too (large|deeply)/],
    [Array.from({ length: 300 }, () => "true").join(" && "), 1, 1, /too large/],
    [" ".repeat(5000), 1, 4097, /longer than 4096/],
    [`person.email.like('${"*".repeat(300)}')`, 1, 19, /longer than 256/],
  ])("refuses %.60j", (text, line, column, message) => {
    const error = (() => {
      try {
        compileFilter(text);
        return undefined;
      } catch (error) {
        return error;
      }
    })();
    expect(FilterError.isInstance(error) && error.message).toMatch(message);
    if (text.length < 100)
      expect([(error as FilterError).line, (error as FilterError).column]).toEqual([line, column]);
  });

  it.each([
    ["company.employees >= 50", "No such fact: company.employees; did you mean company.employeeCount?"],
    ["company.emploeeCount >= 50", "No such fact: company.emploeeCount; did you mean company.employeeCount?"],
    ["person.employeeCount >= 50", "No such fact: person.employeeCount; did you mean company.employeeCount?"],
    ["has(person.emial)", "No such fact: person.emial; did you mean person.email?"],
    ["person['emial'] == 'x'", "No such fact: person.emial; did you mean person.email?"],
    ["bot.zzzz", "No such fact: bot.zzzz; bot has score, verified, category, likely"],
    ["persn.email == 'x'", "Unknown variable: persn; did you mean person?"],
    ["personEmail == 'x'", "Unknown variable: personEmail; did you mean person.email?"],
    ["employeeCount >= 50", "Unknown variable: employeeCount; did you mean company.employeeCount?"],
    [
      "company.employeeCount >= '50'",
      ">= cannot be applied to a number and a text (double >= string); write the number without quotes",
    ],
    ["company.name == 5", "== cannot be applied to a text and a number (string == int)"],
    ["pages.exists(p, p == true)", "== cannot be applied to a text and true or false (string == bool)"],
    [
      "company.employeeCount in ['a']",
      "in cannot be applied to a number and a list (double in list<string>)",
    ],
    ["true and false", "Unexpected and; use && instead"],
    ["true && (false or true)", "Unexpected or; use || instead"],
    ["has(person.email) AND true", "Unexpected AND; use && instead"],
    ["true & false", "Unexpected &; use && instead"],
    ["true | false", "Unexpected |; use || instead"],
    ["person.email = 'x'", "Unexpected =; use == instead"],
    ["not true", "Unexpected not; use ! instead"],
    ["true && not has(person.email)", "Unexpected not; use ! instead"],
    ["not (true)", "Unexpected not; use ! instead"],
    ["person.email not in ['a']", "Unexpected not; use !(… in …) instead"],
    ["person.email like 'a*'", "Unexpected like"],
    ["'a not' true", "Unexpected true"],
    [
      "session.eventCount % 2 == 0",
      "% cannot be applied to a number and a number (double % int); % needs integers: int(session.eventCount) % 2",
    ],
    [
      "7 % (person.email.size() + 1.5) == 0.0",
      "% cannot be applied to a number and a number (int % double); % needs integers: 7 % int(person.email.size() + 1.5)",
    ],
    ["[].all(x, x > 1)", "the expression cannot be checked; write it in another way"],
  ])("suggests what may be meant by %s", (text, summary) => {
    expect(
      checkFilter(text)
        ?.split("\n")[0]
        ?.replace(/^line \d+, column \d+: /, ""),
    ).toBe(summary);
  });

  it("lists the groups of facts, or those of the group, where nothing is similar", () => {
    expect(checkFilter("foo == 1")).toMatch(/foo; facts begin with .*person, .*company, .*pages/);
    expect(checkFilter("has(nothing.x)")).toMatch(/nothing\.x; facts begin with .*person, /);
    expect(checkFilter("company.xyzzy == 1")).toMatch(/xyzzy; company has name, domain, .*employeeCount, /);
  });

  it("shows the place with a caret, also in a long line", () => {
    expect(checkFilter("has(person.email) &&\n\tfoo")).toEqual(
      expect.stringMatching(/^line 2, column 2: Unknown variable: foo; .*\n {3}foo\n {3}\^$/),
    );
    const long = checkFilter(`${"true && ".repeat(50)}foo`) ?? "";
    const [, shown = "", caret = ""] = long.split("\n");
    expect(shown.slice(caret.indexOf("^"))).toBe("foo");
  });

  it("shows the place of the word that is not an operator", () => {
    for (const [text, column] of [
      ["true and false", 6],
      ["true && not  true", 9],
      ["!not(true)", 2],
      ["true and", 6],
    ] as const)
      expect(checkFilter(text)).toMatch(new RegExp(`^line 1, column ${column}: Unexpected (?:and|not); `));
  });

  it("describes only an overflow of the stack as nested too deeply", () => {
    const parse = vi.spyOn(Environment.prototype, "parse");
    for (const [error, message] of [
      [new RangeError("Maximum call stack size exceeded"), /nested too deeply/],
      [new RangeError("Invalid array length"), /cannot be checked/],
      [new TypeError("x is undefined"), /cannot be checked/],
    ] as const) {
      parse.mockImplementationOnce(() => {
        throw error;
      });
      expect(checkFilter("true")).toMatch(message);
    }
    parse.mockRestore();
  });

  it("has a way to remainders", () => {
    expect(compileFilter("int(session.eventCount) % 2 == 0").matches({ sessionEventCount: 4 })).toBe(true);
  });

  it("evaluates at most 500 pages", () => {
    const pages = Array.from({ length: 5000 }, (_, i) => `/${i}`);
    expect(compileFilter("size(pages) == 500").matches({ pages })).toBe(true);
  });
});
