import type { ReceivedEvent } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";
import { describe, expect, it } from "vitest";
import { decide, selectionOf } from "./decide.js";
import type { DestinationOptions } from "./destination-options.js";

const options: DestinationOptions = {
  name: "crm",
  statuses: ["accepted"],
  skip: [],
  concurrency: 1,
  timeoutMs: 1000,
  retry: { scheduleMs: [], maxAgeMs: 1 },
};
const event = { type: "identity.resolved", status: "accepted" } as const;

const decided = (
  with_: Partial<DestinationOptions>,
  facts: Parameters<typeof decide>[1] = {},
  of: Partial<Parameters<typeof decide>[0]> = {},
) => decide({ ...event, ...of }, facts, selectionOf({ ...options, ...with_ }));

const unwanted = (code: string, recorded = false) => ({ wants: false, recorded, reason: { code } });

describe("the decision about an event", () => {
  it("selects by status and type", () => {
    expect(decided({})).toEqual({ wants: true, cooldown: undefined });
    expect(decided({}, {}, { status: "quarantined" })).toEqual(unwanted("status"));
    expect(decided({ statuses: ["quarantined"] }, {}, { status: "quarantined" })).toMatchObject({
      wants: true,
    });
    expect(decided({ types: ["identity.resolved"] })).toMatchObject({ wants: true });
    expect(decided({ types: ["other"] })).toEqual(unwanted("type"));
    expect(decided({ types: ["other"] }, {}, { type: null })).toEqual(unwanted("type"));
  });

  it("never selects a conflicting version", () => {
    const statuses = ["conflict"] as unknown as DestinationOptions["statuses"];
    expect(decided({ statuses }, {}, { status: "conflict" })).toEqual(unwanted("status"));
  });

  it.each([
    ["bots", { botLikely: true }, {}],
    ["corporate-proxies", { networkCorporateProxy: true }, {}],
    ["freemail", { personEmailIsFreemail: true }, { personEmailIsFreemail: false }],
    ["eu", { visitIsEU: true }, { visitIsEU: false }],
    ["no-person", { companyName: "Acme" }, { personFullName: "Ada" }],
    ["no-company", { personEmail: "a@b.c" }, { companyDomain: "acme.com" }],
    ["no-valid-email", { personEmailStatus: "risky" }, { personEmailStatus: "valid" }],
  ] as const)("skips %s", (preset, skipped, wanted) => {
    expect(decided({ skip: [preset] }, skipped)).toEqual(unwanted(`skip_${preset.replaceAll("-", "_")}`));
    expect(decided({ skip: [preset] }, wanted)).toMatchObject({ wants: true });
  });

  it("skips a bot that only its user agent names", () => {
    const botManagement = { score: null, verifiedBot: null, corporateProxy: null, verifiedBotCategory: null };
    const session = { userAgent: "curl/8.14.1", network: { botManagement } };
    const facts = factsOf({ type: "identity.resolved", data: { session } } as unknown as ReceivedEvent);
    expect(decided({ skip: ["bots"] }, facts)).toEqual(unwanted("skip_bots"));
  });

  it("evaluates the filter, and records only that it failed", () => {
    const when = "company.employeeCount >= 50";
    expect(decided({ when }, { companyEmployeeCount: 50 })).toMatchObject({ wants: true });
    expect(decided({ when }, { companyEmployeeCount: 49 })).toEqual(unwanted("filter"));
    expect(decided({ when })).toEqual(unwanted("filter_error", true));
  });

  it("names who a cooldown is for", () => {
    const per = (per: "person" | "company", facts: Parameters<typeof decide>[1]) =>
      decided({ cooldown: { per, forMs: 5 } }, facts);
    const facts = { personEmail: "Ada@Acme.com", companyDomain: "acme.com" };
    expect(per("person", facts)).toMatchObject({ cooldown: { key: "person:ada@acme.com", ms: 5 } });
    expect(per("company", facts)).toMatchObject({ cooldown: { key: "company:acme.com", ms: 5 } });
    expect(per("company", { personEmail: "a@b.c" })).toEqual({ wants: true, cooldown: undefined });
  });
});
