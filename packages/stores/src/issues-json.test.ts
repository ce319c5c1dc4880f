import { DatabaseSync } from "node:sqlite";
import { issueList, noIssues } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { eventWith, useFolder } from "../test/folder.js";
import { issuesFromJson, issuesToJson } from "./issues-json.js";
import { openSqliteStore } from "./sqlite.js";

const issues = [
  { path: "data.session", message: "expected object, found null" },
  { path: "created", message: "expected number, it is missing" },
];

test.each([
  ["no issues", noIssues, null],
  ["a complete list", issueList(issues), JSON.stringify(issues)],
  ["an incomplete list", { issues, total: 315, exact: true }, '{"issues":[…],"total":315,"exact":true}'],
  ["an inexact list", { issues, total: 2, exact: false }, '{"issues":[…],"total":2,"exact":false}'],
])("%s has the same content after storing", (_, list, stored) => {
  const json = issuesToJson(list);
  expect(json).toBe(stored?.replace("[…]", JSON.stringify(issues)) ?? null);
  expect(issuesFromJson(json)).toEqual(list);
});

describe("a database that counts the issues in the last message", () => {
  const inFolder = useFolder();

  test.each([
    ["and 213 more", { total: 215, exact: true }],
    ["and at least 9901 more", { total: 9903, exact: false }],
  ])("%s", async (message, counted) => {
    const path = inFolder("events.db");
    const store = await openSqliteStore({ path });
    await store.append([eventWith("evt_1", { status: "quarantined" }), eventWith("evt_2")]);
    await store.close();
    const db = new DatabaseSync(path);
    const old = JSON.stringify([...issues, { path: "", message }]);
    db.prepare("UPDATE events SET issues = ? WHERE id = 'evt_1'").run(old);
    db.close();

    const reopened = await openSqliteStore({ path });
    expect(await reopened.get("evt_1")).toMatchObject({ issues, ...counted });
    const { events } = await reopened.scan({ limit: 10 });
    expect(events).toMatchObject([
      { id: "evt_1", issues, ...counted },
      { id: "evt_2", ...noIssues },
    ]);
    await reopened.close();
  });
});
