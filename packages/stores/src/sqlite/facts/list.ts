import type { Paging, RowPage } from "@sessionhook/core";
import { cursorAfter, type ListName, pageQuery, type Place } from "../../facts/cursor.js";
import type { Search } from "../../facts/words.js";
import type { Statements } from "../statements.js";
import { beginsWith, both, type Condition, condition, searchCondition } from "./conditions.js";

/** Rows that one page examines at most; further ones are left to the next page. */
const maxExamined = 12_000;
/** The same if each needs a row of another table. */
const maxJoined = 4500;
/** A search with more candidates reads the list in its order instead: the rows it finds are close to each other there. */
const maxCandidates = 2000;

type Raw = Readonly<Record<string, unknown>>;

/** A list with its filters, as SQL on the table `s`. */
export interface ListSpec<Row> {
  readonly list: ListName;
  readonly table: string;
  /** Columns that order the list. */
  readonly at: string;
  readonly tie: string;
  /** An index by `at`, or by a filter and then by `at`. */
  readonly index: string;
  /** The conditions that the index serves. */
  readonly indexed: readonly Condition[];
  readonly others: readonly Condition[];
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Tables that `others` need. */
  readonly joins: string;
  readonly search: Search | undefined;
  /** Conditions for the beginning of an id, without an index. */
  readonly ids: readonly Condition[];
  /** Queries for the numbers of rows with an id that begins so, from an index. */
  readonly idNumbers: readonly Condition[];
  readonly words: string;
  readonly select: (selection: string) => string;
  readonly rowOf: (raw: Raw) => Row;
  readonly placeOf: (row: Row) => Place;
}

/** Reads a page of a list, newest first. */
export function listRows<Row>(statements: Statements, spec: ListSpec<Row>, query: Paging): RowPage<Row> {
  const { list, search, at, tie, from, to } = spec;
  const { limit, after } = pageQuery(list, query);
  const range = [
    ...(after === undefined
      ? []
      : [
          condition(`s.${at} <= ?`, after.at),
          condition(`(s.${at} < ? OR s.${tie} < ?)`, after.at, after.id),
        ]),
    ...(to === undefined ? [] : [condition(`s.${at} < ?`, Math.ceil(to))]),
    ...(from === undefined ? [] : [condition(`s.${at} >= ?`, Math.ceil(from))]),
  ];
  if (search !== undefined) {
    const numbers = candidates(statements, spec, search);
    if (numbers !== undefined) {
      const among = condition("s.number IN (SELECT value FROM json_each(?))", JSON.stringify(numbers));
      const found = [among, ...range, ...spec.indexed, ...spec.others, searchCondition(search, spec.ids)];
      return pageOf(spec, limit, select(statements, spec, found, limit + 1, ""), null);
    }
  }
  const found = search === undefined ? [] : [searchCondition(search, spec.ids)];
  const indexed = [...range, ...spec.indexed];
  const rest = [...spec.others, ...found];
  const bound = rest.length === 0 ? null : boundOf(statements, spec, indexed);
  const within = bound === null ? [] : [condition(`s.${at} >= ?`, bound)];
  const rows = select(
    statements,
    spec,
    [...indexed, ...within, ...rest],
    limit + 1,
    `INDEXED BY ${spec.index}`,
  );
  return pageOf(spec, limit, rows, bound);
}

/** Returns the time of the last row that a page may examine; null if it may examine all. */
function boundOf<Row>(
  statements: Statements,
  { table, index, at, joins }: ListSpec<Row>,
  indexed: readonly Condition[],
): number | null {
  // The tie breaker is not in the index.
  const { sql, parameters } = both(indexed.filter((each) => !each.sql.includes(" OR ")));
  const row = statements.get<{ at: number }>(
    `SELECT s.${at} AS at FROM ${table} AS s INDEXED BY ${index} WHERE ${sql}
      ORDER BY s.${at} DESC LIMIT 1 OFFSET ${joins.trim() === "" ? maxExamined : maxJoined}`,
    ...parameters,
  );
  return row?.at ?? null;
}

/** Returns the numbers of all rows that a search can find; undefined if they are too many. */
function candidates<Row>(
  statements: Statements,
  { words, idNumbers }: ListSpec<Row>,
  search: Search,
): readonly number[] | undefined {
  const numbers = new Set<number>();
  const few = ({ sql, parameters }: Condition): boolean => {
    const query = `${sql} LIMIT ${maxCandidates + 1}`;
    const found = statements.all<{ number: number | null }>(query, ...parameters);
    if (found.length > maxCandidates) return false;
    for (const { number } of found) if (number !== null) numbers.add(number);
    return true;
  };
  // A row has all words, so that those with one of them are enough. Long words are rarer.
  const byLength = search.words.toSorted((one, other) => other.length - one.length);
  const withWord = (word: string) => {
    const { sql, parameters } = beginsWith("word", word);
    return { sql: `SELECT number FROM ${words} WHERE ${sql}`, parameters };
  };
  if (byLength.length > 0 && !byLength.some((word) => few(withWord(word)))) return undefined;
  return idNumbers.every(few) ? [...numbers] : undefined;
}

function select<Row>(
  statements: Statements,
  { table, at, tie, joins, select }: ListSpec<Row>,
  conditions: readonly Condition[],
  limit: number,
  by: string,
): Raw[] {
  const { sql, parameters } = both(conditions);
  const order = `ORDER BY s.${at} DESC, s.${tie} DESC`;
  const selection = `(SELECT s.* FROM ${table} AS s ${by} ${joins} WHERE ${sql} ${order} LIMIT ?) AS s`;
  return statements.all<Raw>(`${select(selection)} ${order}`, ...parameters, limit);
}

function pageOf<Row>(
  { list, rowOf, placeOf }: ListSpec<Row>,
  limit: number,
  found: readonly Raw[],
  bound: number | null,
): RowPage<Row> {
  const rows = found.slice(0, limit).map(rowOf);
  const last = rows.at(-1);
  if (found.length > limit && last !== undefined)
    return { rows, nextCursor: cursorAfter(list, placeOf(last)), examinedTo: null };
  if (bound === null) return { rows, nextCursor: null, examinedTo: null };
  return { rows, nextCursor: cursorAfter(list, { at: bound, id: "" }), examinedTo: bound };
}
