import { expect, it } from "vitest";
import { pathText } from "./find-issues.js";

it.each([
  [[], ""],
  [["type"], "type"],
  [["data", "enrichment", "companies", 0, "name"], "data.enrichment.companies[0].name"],
  [["data", "_type", "$x9"], "data._type.$x9"],
  [["data", "a b", "c"], 'data["a b"].c'],
  [["0"], '["0"]'],
  [["", 'say "hi"', "ä"], '[""]["say \\"hi\\""]["ä"]'],
])("writes %j as %s", (path, text) => {
  expect(pathText(path)).toBe(text);
});
