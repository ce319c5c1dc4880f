import { ConfigurationError } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import { dataFolderOf, parseStoreAddress } from "./address.js";

describe("a store address", () => {
  it.each([
    ["memory:", { scheme: "memory" }, "data"],
    ["sqlite:./data/x.db", { scheme: "sqlite", path: "./data/x.db" }, "./data"],
    ["sqlite:/data/x.db", { scheme: "sqlite", path: "/data/x.db" }, "/data"],
    ["sqlite:///data/x.db", { scheme: "sqlite", path: "///data/x.db" }, "///data".slice(0, 7)],
    ["sqlite:x.db", { scheme: "sqlite", path: "x.db" }, "."],
    ["sqlite:/x.db", { scheme: "sqlite", path: "/x.db" }, "/"],
    ["sqlite:a b/é?.db", { scheme: "sqlite", path: "a b/é?.db" }, "a b"],
    ["sqlite:C:\\data\\x.db", { scheme: "sqlite", path: "C:\\data\\x.db" }, "C:\\data"],
    ["d1:DB", { scheme: "d1", binding: "DB" }, "data"],
    ["dynamodb:events", { scheme: "dynamodb", table: "events", retentionDays: undefined }, "data"],
    ["dynamodb:events?retentionDays=30", { scheme: "dynamodb", table: "events", retentionDays: 30 }, "data"],
  ])("%s is parsed", (address, parsed, folder) => {
    expect(parseStoreAddress(address)).toEqual(parsed);
    expect(dataFolderOf(parseStoreAddress(address))).toBe(folder);
  });

  it.each([
    ["", "must be memory:"],
    ["x.db", "must be memory:"],
    ["memory:x", "nothing after it"],
    ["sqlite:", "must name a file"],
    ["sqlite: ", "must name a file"],
    ["sqlite://data/x.db", "must name a path"],
    ["sqlite:~/x.db", "only a shell expands ~"],
    ["sqlite:~root/x.db", "only a shell expands ~"],
    ["sqlite:./x.db?mode=rwc", "must not have parameters"],
    ["sqlite:file:./x.db", "not a file: URL"],
    ["file:./x.db", "not as a file: URL"],
    ["sqlite::memory:", "must be memory:"],
    ["sqlite:./data/", "not a folder"],
    ["d1:", "must name a binding"],
    ["dynamodb:", "must be dynamodb:<table>"],
    ["dynamodb:t?days=3", "must be dynamodb:<table>"],
    ["mysql://u:hunter2@h/d", "unknown scheme"],
    ["constructor:", "unknown scheme"],
  ])("%j is rejected with the reason", (address, message) => {
    const refused = () => parseStoreAddress(address);
    expect(refused).toThrow(ConfigurationError);
    expect(refused).toThrow(message);
    expect(refused).not.toThrow("hunter2");
  });
});
