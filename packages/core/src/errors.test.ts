import { describe, expect, it, vi } from "vitest";
import {
  ConfigurationError,
  InvalidPayloadError,
  SessionhookError,
  SignatureError,
  StoreError,
} from "./errors.js";
import { issueList, noIssues } from "./issue-list.js";

describe("errors", () => {
  it("carry a stable code, their name and the cause", () => {
    const cause = new Error("inner");
    const error = new SignatureError("missing_header", "text", { cause });
    expect(error).toMatchObject({ code: "missing_header", name: "SignatureError", cause });
    expect(error).toBeInstanceOf(SessionhookError);
    expect(new InvalidPayloadError(noIssues).code).toBe("invalid_payload");
  });

  it("are recognized by isInstance of their class and of the base class", () => {
    const errors = [
      new SignatureError("malformed_header", ""),
      new InvalidPayloadError(issueList([{ path: "data", message: "expected object, received null" }])),
      new ConfigurationError("invalid_option", ""),
      new StoreError("store_unavailable", ""),
    ];
    const classes = [SignatureError, InvalidPayloadError, ConfigurationError, StoreError];
    errors.forEach((error, i) => {
      expect(SessionhookError.isInstance(error)).toBe(true);
      expect(classes.map((Class) => Class.isInstance(error))).toEqual(classes.map((_, j) => i === j));
    });
    for (const other of [new Error("x"), null, undefined, "SignatureError", { name: "SignatureError" }]) {
      expect(SignatureError.isInstance(other)).toBe(false);
    }
  });

  it("are recognized across two installed copies of the package", async () => {
    vi.resetModules();
    const copy = await import("./errors.js");
    const foreign = new copy.SignatureError("timestamp_too_old", "");
    expect(foreign).not.toBeInstanceOf(SignatureError);
    expect(SignatureError.isInstance(foreign)).toBe(true);
    expect(StoreError.isInstance(foreign)).toBe(false);
  });

  it("name the first issue and the number of further ones", () => {
    const issues = [
      { path: "data.session.pid", message: "expected string, received number" },
      { path: "created", message: "expected integer, received string" },
    ];
    expect(new InvalidPayloadError(issueList(issues)).message).toContain(
      "data.session.pid: expected string, received number (and 1 more)",
    );
    expect(new InvalidPayloadError(issueList(issues.slice(0, 1))).message).toMatch(/received number$/);
  });

  it.each([
    [250, true, "data.x: odd (and 249 more)"],
    [10_000, false, "data.x: odd (and at least 9999 more)"],
  ])("count the issues that are not listed: %i, exact %j", (total, exact, expected) => {
    const issues = Array.from({ length: 100 }, () => ({ path: "data.x", message: "odd" }));
    const error = new InvalidPayloadError({ issues, total, exact });
    expect(error).toMatchObject({ issues, total, exact });
    expect(error.message.endsWith(`: ${expected}`)).toBe(true);
  });
});
