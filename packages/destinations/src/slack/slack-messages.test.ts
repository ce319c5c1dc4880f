import { deliveryItem, HttpPeer, noDeadline } from "@sessionhook/conformance/destination-suite";
import type { DeliveryItem, Facts, Outcome, SendContext } from "@sessionhook/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { drivers } from "../registry.js";
import type { SlackConfig } from "./config.js";
import { discordFormat, slackFormat } from "./escape.js";
import { messageOf } from "./message.js";

function item(facts: Facts | undefined): DeliveryItem {
  return { ...deliveryItem(), facts };
}

const jane: Facts = {
  personFullName: "Jane Doe",
  personTitle: "VP Sales",
  companyName: "Acme & Sons",
  companyDomain: "acme.example",
  companyIndustry: "Software",
  companyEmployeeCount: 1200,
  companyCountry: "Germany",
  pages: ["/pricing", "/docs"],
  utmSource: "google",
  utmMedium: "cpc",
};

describe("a message", () => {
  it("shows person, company, pages and source", () => {
    expect(messageOf([item(jane)], slackFormat)).toBe(
      [
        "*Jane Doe*, VP Sales at Acme &amp; Sons",
        "Company: `acme.example` · Software · 1,200 people · Germany",
        "Pages: `/pricing`, `/docs`",
        "Source: `google` / `cpc`",
      ].join("\n"),
    );
  });

  it.each<[Facts | undefined, string]>([
    [{}, "*Somebody*"],
    [{ companyName: "Acme" }, "*Somebody from Acme*"],
    [{ personFirstName: "Jane" }, "*Jane*"],
    [{ personEmail: "j@x.example", personTitle: "CEO" }, "`j@x.example`, CEO"],
    [{ sessionReferrerDomain: "news.example" }, "*Somebody*\nSource: `news.example`"],
    [
      { pages: Array.from({ length: 9 }, (_, index) => `/${index}`) },
      "*Somebody*\nPages: `/0`, `/1`, `/2`, `/3`, `/4`, `/5` and 3 more",
    ],
    [{ companyName: "Solo", companyEmployeeCount: 1 }, "*Somebody from Solo*\nCompany: 1 person"],
    [{ companyName: "Booking.com" }, "Somebody from `Booking.com`"],
    [{ companyDomain: "a.example" }, "Somebody from `a.example`\nCompany: `a.example`"],
    [{ utmCampaign: "spring_sale*" }, "*Somebody*\nSource: `spring_sale*`"],
    [{ companyCountryCode: "SE" }, "*Somebody*\nCompany: Sweden"],
    [{ companyCountry: "SE", companyCountryCode: "SE" }, "*Somebody*\nCompany: Sweden"],
    [{ companyCountryCode: "QQ" }, "*Somebody*\nCompany: QQ"],
    [undefined, "New event `identity.session.finalized`"],
  ])("has what is known: %j", (facts, expected) => {
    expect(messageOf([item(facts)], slackFormat)).toBe(expected);
  });

  it.each([
    [
      "<!channel> <@U123> <https://evil.example|click>",
      "`&lt;!channel&gt; &lt;@U123&gt; &lt;https://evil.example|click&gt;`",
    ],
    ["see www.evil-x.example/a or é.example", "`see www.evil-x.example/a or é.example`"],
    ["mailto:a@evil.example", "`mailto:a@evil.example`"],
    ["Dr. A. Smith, Inc.", "Dr. A. Smith, Inc."],
    ["@channel @here @everyone", "`@\u2060channel @\u2060here @\u2060everyone`"],
    ["jane@here.example", "`jane@here.example`"],
    ["a\n\n*b*", "`a *b*`"],
    ["a `b` <!here>", "`a 'b' &lt;!here&gt;`"],
    ["`` <!here>", "`'\u0027 &lt;!here&gt;`"],
    ["R&D <x>", "R&amp;D &lt;x&gt;"],
    ["\u202eevil\u0000", "evil"],
    ["x".repeat(500), `${"x".repeat(119)}…`],
    ["family 👩‍👩‍👧", "family 👩‍👩‍👧"],
    [`${"x".repeat(479)}👧`, `${"x".repeat(119)}…`],
    [":fire: :tada: Jane", "`:fire: :tada: Jane`"],
    ["Jane:+1::skin-tone-2:", "`Jane:+1::skin-tone-2:`"],
    ["Sales: EMEA: North", "Sales: EMEA: North"],
  ])("escapes for Slack: %s", (text, expected) => {
    const shown = slackFormat.plain(text);
    expect(shown).toBe(expected);
    expect(shown.isWellFormed()).toBe(true);
  });

  it.each([
    [
      "@everyone <@123> [a](https://evil.example)",
      "`@\u2060everyone <\u2060@123> [a](https://evil.example)`",
    ],
    ["@here and <t:1:R>", "`@\u2060here and <\u2060t:1:R>`"],
    ["**b** `c` ||d|| # e", "\\*\\*b\\*\\* \\`c\\` \\|\\|d\\|\\| \\# e"],
    ["a@b.example [x](y) > z", "a\\@b.example \\[x\\]\\(y\\) \\> z"],
    [":fire: :tada: Jane", "`:fire: :tada: Jane`"],
  ])("escapes for Discord: %s", (text, expected) => {
    expect(discordFormat.plain(text)).toBe(expected);
  });

  it("has no markup, link or mention of a visitor outside of code", () => {
    const parts = [
      "a",
      "b",
      ".",
      ":",
      "@",
      "here",
      "channel",
      "<",
      ">",
      "!",
      "*",
      "_",
      "~",
      "`",
      "://",
      " ",
      "&",
    ];
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((found) => found.join(""));
    fc.assert(
      fc.property(text, (given) => {
        for (const shown of [slackFormat.plain(given), slackFormat.code(given)]) {
          expect(shown).not.toMatch(/[<>]/);
          const outside = shown.replace(/^`[^`]+`$/, "");
          expect(outside).not.toMatch(/[*_~`]|:\/\/|:\w+:|\w\.\w|@(?:here|channel)/);
        }
        expect(discordFormat.code(given)).toMatch(/^(?:`[^`]+`)?$/);
        expect(discordFormat.code(given)).not.toMatch(/<@|@here/);
      }),
    );
  });

  it("can be copied without change", () => {
    const facts = {
      ...jane,
      companyDomain: "a-b.example",
      utmCampaign: "spring_sale_2026",
      pages: ["/a_b.html"],
    };
    for (const format of [slackFormat, discordFormat]) {
      const text = messageOf([item(facts)], format);
      for (const value of ["a-b.example", "spring_sale_2026", "/a_b.html"])
        expect(text).toContain(`\`${value}\``);
    }
  });

  it("begins with [Test] for a test only", () => {
    const test = { ...item(jane), deliveryId: "test" };
    for (const format of [slackFormat, discordFormat]) {
      expect(messageOf([test], format)).toBe(`[Test] ${messageOf([item(jane)], format)}`);
      expect(messageOf([{ ...test, facts: undefined }], format)).toMatch(/^\[Test\] New event /);
    }
  });

  it("is a list of several, each with person, company, pages and source", () => {
    const items = [
      item({ ...jane, pages: ["/", "/a", "/b", "/c"] }),
      item({ companyName: "Acme", pages: ["/"], sessionReferrerDomain: "news.example" }),
      item({}),
      item(undefined),
    ];
    expect(messageOf(items, slackFormat)).toBe(
      [
        "*4 visits*",
        "• *Jane Doe*, VP Sales at Acme &amp; Sons · Pages: `/`, `/a`, `/b` and 1 more · Source: `google` / `cpc`",
        "• *Somebody from Acme* · Pages: `/` · Source: `news.example`",
        "• *Somebody*",
        "• `identity.session.finalized`",
      ].join("\n"),
    );
  });

  it("counts events where not all are visits", () => {
    const identified = { ...item(jane), event: { ...deliveryItem().event, type: "identity.validated" } };
    for (const items of [
      [item(jane), identified],
      [identified, identified],
    ])
      expect(messageOf(items, slackFormat).split("\n")[0]).toBe("*2 events*");
  });

  it("shows fewer pages of each in a long list, and still the sources", () => {
    const long = { ...jane, pages: Array.from({ length: 5 }, (_, i) => `/${"x".repeat(60)}/${i}`) };
    const items = Array.from({ length: 20 }, () => item(long));
    const lines = messageOf(items, slackFormat).split("\n").slice(1);
    expect(lines).toHaveLength(20);
    for (const line of lines)
      expect(line).toMatch(/^• \*Jane Doe\*.* · 5 pages · Source: `google` \/ `cpc`$/);
    const short = Array.from({ length: 20 }, () => item({ ...jane, pages: ["/a", "/b", "/c"] }));
    expect(messageOf(short, slackFormat)).toContain("Pages: `/a`, `/b`, `/c` · Source");
  });

  it("is a list of many, has a limit, and counts what is left out", () => {
    const many = Array.from({ length: 50 }, () => item({ ...jane, personFullName: "<".repeat(119) }));
    for (const format of [slackFormat, discordFormat]) {
      const text = messageOf(many, format);
      expect(text.length).toBeLessThanOrEqual(format.maxLength);
      expect(text.split("\n")[0]).toContain("50 visits");
      expect(text).not.toMatch(/&[a-z]*$/m);
      const shown = text.match(/^•/gm)?.length ?? 0;
      expect(text.endsWith(`\n… and ${50 - shown} more`)).toBe(true);
    }
  });
});

describe("sending", () => {
  let peer: HttpPeer;
  beforeEach(async () => {
    peer = await HttpPeer.listen();
  });
  afterEach(() => peer.close());

  const now = 1_780_315_200_000;

  async function send(
    items: DeliveryItem[],
    config: Partial<SlackConfig> = {},
    { signal }: Pick<SendContext, "signal"> = noDeadline,
  ): Promise<readonly Outcome[]> {
    const full = { url: `${peer.origin}/services/x`, network: "private" as const, ...config };
    const destination = await drivers.slack.create(full, { name: "sales", folder: "/", now: () => now });
    try {
      return await destination.send(items, { signal, now: () => now });
    } finally {
      await destination.close();
    }
  }

  it.each<[number, string, object]>([
    [200, "ok", { outcome: "delivered" }],
    [204, "", { outcome: "delivered" }],
    [200, " OK\r\n", { outcome: "delivered" }],
    [200, "", { outcome: "delivered" }],
    [200, '{"ok":true,"channel":"C1"}', { outcome: "delivered" }],
    [200, '{"success":true}', { outcome: "delivered" }],
    [200, "invalid_blocks", { outcome: "retry", reason: { code: "invalid_answer", status: 200 } }],
    [
      200,
      "<html><title>Sign in</title></html>",
      {
        outcome: "retry",
        reason: { code: "invalid_answer", excerpt: "<html><title>Sign in</title></html>" },
      },
    ],
    [
      200,
      '{"ok":false,"error":"invalid_auth"}',
      { outcome: "retry", reason: { code: "invalid_answer", status: 200 } },
    ],
    [200, '{"ok":"true"}', { outcome: "retry", reason: { code: "invalid_answer" } }],
    [200, "null", { outcome: "retry", reason: { code: "invalid_answer" } }],
    [202, "queued", { outcome: "retry", reason: { code: "invalid_answer", status: 202 } }],
    [200, "no_service", { outcome: "blocked", reason: { code: "no_service" } }],
    [404, "no_service", { outcome: "blocked", reason: { code: "no_service", status: 404 } }],
    [404, "channel_not_found", { outcome: "blocked", reason: { code: "channel_not_found" } }],
    [410, "channel_is_archived", { outcome: "blocked", reason: { code: "channel_is_archived" } }],
    [403, "action_prohibited", { outcome: "blocked", reason: { code: "action_prohibited" } }],
    [403, "invalid_token", { outcome: "blocked", reason: { code: "invalid_token" } }],
    [
      404,
      '{"message": "Unknown Webhook", "code": 10015}',
      { outcome: "blocked", reason: { code: "unknown_webhook", status: 404 } },
    ],
    [
      401,
      '{"message": "Invalid Webhook Token", "code": 50027}',
      { outcome: "blocked", reason: { code: "invalid_webhook_token", status: 401 } },
    ],
    [
      400,
      '{"message": "Invalid Form Body", "code": 50035, "errors": {"content": {"code": 1}}}',
      { outcome: "rejected", reason: { code: "invalid_form_body", status: 400 } },
    ],
    [404, '{"message": "404: Not Found", "code": 0}', { outcome: "blocked", reason: { code: "http_404" } }],
    [500, '{"code": 10015}', { outcome: "retry", reason: { code: "unknown_webhook" } }],
    [401, "", { outcome: "blocked", reason: { code: "http_401" } }],
    [400, "invalid_payload", { outcome: "rejected", reason: { code: "invalid_payload" } }],
    [400, "", { outcome: "rejected", reason: { code: "http_400" } }],
    [429, "rate_limited", { outcome: "paced", until: now + 30_000 }],
    [500, "rollup_error", { outcome: "retry", reason: { code: "http_500" } }],
    [302, "", { outcome: "retry" }],
  ])("%i %s", async (status, text, expected) => {
    peer.answer = (_, response) => response.writeHead(status).end(text);
    expect(await send([deliveryItem()])).toMatchObject([expected]);
  });

  it("does not count an answer as delivered whose body could not be read", async () => {
    peer.answer = (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("page");
    const reason = { code: "invalid_answer", status: 200 };
    expect(await send([deliveryItem()])).toEqual([{ outcome: "retry", reason }]);
  });

  it("sends one message for all that wait, or one for each", async () => {
    const items = [deliveryItem(), deliveryItem(), deliveryItem()];
    expect(await send(items)).toEqual(items.map(() => ({ outcome: "delivered" })));
    expect(peer.stored).toHaveLength(1);
    const message = JSON.parse(String(peer.stored[0]?.body)) as { text: string };
    const { text } = message;
    expect(message).toEqual({
      text,
      unfurl_links: false,
      unfurl_media: false,
      blocks: [{ type: "section", text: { type: "mrkdwn", text, verbatim: true }, expand: true }],
    });
    expect(message.text).toContain("*3 visits*");
    expect(await send(items, { digest: false })).toEqual(items.map(() => ({ outcome: "delivered" })));
    expect(peer.stored).toHaveLength(4);
  });

  it("sends no blocks to Discord", async () => {
    await send([deliveryItem()], { format: "discord" });
    const message = JSON.parse(String(peer.stored[0]?.body)) as object;
    expect(Object.keys(message).sort()).toEqual(["text", "unfurl_links", "unfurl_media"]);
  });

  it("finds the event that a rejected message of many is about", async () => {
    const [good, poison, other] = [deliveryItem(), deliveryItem(), deliveryItem()];
    peer.answer = ({ body }, response) => {
      const bad = body.includes(poison.event.id);
      response.writeHead(bad ? 400 : 200).end(bad ? "invalid_payload" : "ok");
    };
    const outcomes = await send([good, poison, other]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["delivered", "rejected", "delivered"]);
  });

  it("stops at the first message that is held", async () => {
    peer.answer = (_, response) => response.writeHead(429, { "retry-after": "7" }).end();
    const outcomes = await send([deliveryItem(), deliveryItem()], { digest: false });
    expect(outcomes).toMatchObject([1, 2].map(() => ({ outcome: "paced", until: now + 7000 })));
    expect(peer.requests).toHaveLength(1);
  });

  const notSent = (after?: number) => ({
    outcome: "retry",
    reason: { code: "not_sent" },
    after,
    used: false,
  });

  it("uses no attempt for messages that do not fit into the timeout", async () => {
    const items = [deliveryItem(), deliveryItem(), deliveryItem(), deliveryItem()];
    const outcomes = await send(items, { digest: false }, { signal: AbortSignal.timeout(1500) });
    expect(peer.stored).toHaveLength(2);
    const delivered = { outcome: "delivered" };
    expect(outcomes).toEqual([delivered, delivered, notSent(now + 1000), notSent(now + 1000)]);
  });

  it("uses no attempt for messages behind one that failed", async () => {
    peer.answer = (_, response) => response.writeHead(500).end();
    const outcomes = await send([deliveryItem(), deliveryItem(), deliveryItem()], { digest: false });
    const failed = { outcome: "retry", reason: { code: "http_500", status: 500 } };
    expect(outcomes).toEqual([failed, notSent(), notSent()]);
    expect(peer.requests).toHaveLength(1);
  });

  it("uses an attempt for the message that had no answer in time", async () => {
    peer.answer = () => undefined;
    const signal = AbortSignal.timeout(300);
    const outcomes = await send([deliveryItem(), deliveryItem()], { digest: false }, { signal });
    expect(outcomes).toEqual([{ outcome: "retry", reason: { code: "timeout" } }, notSent()]);
  });
});
