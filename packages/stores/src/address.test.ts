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
    ["sqlite:a$b/100%.db", { scheme: "sqlite", path: "a$b/100%.db" }, "a$b"],
    ["sqlite:/it's/x(1).db", { scheme: "sqlite", path: "/it's/x(1).db" }, "/it's"],
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
    ["sqlite:/data/x.db\n", "ends with white space or a newline"],
    ["sqlite:/data/x.db\r", "ends with white space or a newline"],
    ["sqlite: /data/x.db", "begins or ends with white space"],
    ["sqlite:/data/a\nb.db", "a control character"],
    ["sqlite:/data/x.db\0", "a control character"],
    ['sqlite:"/data/x.db"', "in quotes"],
    ["sqlite:'./x.db'", "in quotes"],
    ["sqlite:${DATA_DIR}/x.db", "a reference that nothing has replaced"],
    ["sqlite:/data/$NAME.db", "a reference that nothing has replaced"],
    ["sqlite:$(pwd)/x.db", "a reference that nothing has replaced"],
    ["sqlite:%APPDATA%\\x.db", "a reference that nothing has replaced"],
    ["sqlite:{{ data }}/x.db", "a reference that nothing has replaced"],
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
