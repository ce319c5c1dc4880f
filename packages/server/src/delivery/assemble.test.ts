import { parseEvent } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";
import { expect, it } from "vitest";
import { sampleEvent } from "./assemble.js";

it("tests a destination with the same person each time, under a new id", async () => {
  const now = Date.UTC(2027, 4, 1);
  const [first, second] = [await sampleEvent(now), await sampleEvent(now + 1000)];
  const facts = [first, second].map(({ id, raw }) => {
    const parsed = parseEvent(raw);
    if (parsed.status !== "accepted") throw new Error(parsed.status);
    expect(parsed.event.id).toBe(id);
    return factsOf(parsed.event);
  });
  expect(first.id).toMatch(/^evt_test_/);
  expect(second.id).not.toBe(first.id);
  for (const each of facts)
    expect(each).toMatchObject({
      personFullName: "Nora Esser",
      personTitle: "Creative Lead",
      personEmail: "nora.esser@paukner-agency-11.example",
      personEmailStatus: "valid",
      companyName: "Paukner Agency",
      companyDomain: "paukner-agency-11.example",
      companyEmployeeCount: 114,
      companyCountryCode: "CH",
      pages: ["/", "/signup", "/customers/logistics-at-scale", "/product"],
      utmSource: "newsletter",
      utmCampaign: "webinar_invite",
    });
});

it("tests a destination with a session that ended shortly before", async () => {
  const now = Date.UTC(2027, 4, 1);
  const { raw } = await sampleEvent(now);
  const times = new TextDecoder().decode(raw).match(/\b1[78]\d{11}\b/g) ?? [];
  expect(times.length).toBeGreaterThan(8);
  for (const time of times) {
    expect(Number(time)).toBeLessThanOrEqual(now);
    expect(Number(time)).toBeGreaterThan(now - 8 * 86_400_000);
  }
});
