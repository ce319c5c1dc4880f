import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { prefixRange } from "./prefix.js";

test("the range contains exactly the texts that begin with the prefix", () => {
  const db = new DatabaseSync(":memory:");
  const inRange = db.prepare("SELECT :text >= :from AND :text < :to AS found");
  const character = fc.oneof(
    fc.constantFrom("a", "b", "A", "%", "_", "\0", "\u007f", "\u0080", "\ud7ff", "\ue000", "\uffff"),
    fc.constantFrom("\u{10000}", "\u{10ffff}", "\u{10fffe}"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  const text = fc.array(character, { maxLength: 4 }).map((parts) => parts.join("").toWellFormed());
  const pair = fc.oneof(
    fc.tuple(text, text),
    fc.tuple(text, text).map(([a, b]) => [a, a + b] as const),
  );
  fc.assert(
    fc.property(pair, ([prefix, text]) => {
      const found = inRange.get({ text, ...prefixRange(prefix) })?.["found"];
      expect(found).toBe(text.startsWith(prefix) ? 1 : 0);
    }),
    { numRuns: 3000, examples: [[["a\ud7ff", "a\ue000"]], [["\ud7ff", "\ufffc"]]] },
  );
  db.close();
});
