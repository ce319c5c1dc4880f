import { sign } from "@sessionhook/core";
import { expect, it } from "vitest";
import { type AppProcess, adminToken, secret } from "./app-process.js";
import { personalData, personalEvent } from "./personal-event.js";

interface Line {
  readonly message: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Returns the log lines of the app so far. Its start screen is not JSON, and the last line may be incomplete. */
const linesOf = (app: AppProcess) =>
  app.output
    .split("\n")
    .filter((line) => /^\{.*\}$/.test(line))
    .map((line) => JSON.parse(line) as Line);

/**
 * Checks the log of a running app, for the events sent here and for all requests before.
 * @param app started with LOG_LEVEL=debug: above it, events that are accepted are not logged at all
 */
export function describeLogs(app: AppProcess): void {
  it("logs each event and each rejection, but no secret and no personal data", async () => {
    const body = JSON.stringify(personalEvent);
    // The wrong value is itself personal data: the issue must not contain it.
    const issue = JSON.stringify({ ...personalEvent, created: "zoe.unal@acme.example" });
    const sent = [
      { id: "evt_personal", status: "accepted", body },
      { id: "evt_personal", status: "conflict", body: `${body} ` },
      { id: "evt_personal_issue", status: "quarantined", body: issue },
      { id: "evt_personal_text", status: "quarantined", body: `Zoë Ünal, ${issue}` },
    ];
    const refused = () => linesOf(app).filter(({ message }) => message === "request rejected").length;
    const before = refused();
    const signatures = [];
    for (const { id, body, status } of sent) {
      const headers = sign(body, { id, secret });
      signatures.push(headers["webhook-signature"].slice("v1,".length));
      expect(await (await app.post(body, { ...headers })).json()).toEqual({ status, id });
      const forged = { ...headers, "webhook-signature": `v1,${"A".repeat(43)}=` };
      expect((await app.post(body, forged)).status).toBe(401);
    }
    await expect.poll(refused, { timeout: 30_000 }).toBe(before + sent.length);
    for (const { id, status } of sent) {
      const properties = expect.objectContaining({ id, status }) as object;
      expect(linesOf(app)).toContainEqual(
        expect.objectContaining({ message: "message acknowledged", properties }),
      );
    }
    for (const text of [secret.slice("whsec_".length), adminToken, ...signatures, ...personalData()])
      expect(app.output).not.toContain(text);
    expect(app.output).not.toMatch(/[\w.]@\w/);
  });

  it("logs a failed sign-in with its reason and address, but nothing of what was tried", async () => {
    const tried = "a-token-that-is-wrong-0123456789";
    const forwarded = { "x-forwarded-for": "203.0.113.9" };
    const authorization = `Bearer ${tried}`;
    const form = { method: "POST", body: new URLSearchParams({ token: tried }), headers: forwarded };
    await fetch(`${app.origin}/login`, form);
    await fetch(`${app.origin}/login/once?code=${tried}`, { headers: forwarded });
    await fetch(`${app.origin}/api/stats`, { headers: { authorization, ...forwarded } });
    const address = expect.stringMatching(/^(?:::ffff:)?127\.0\.0\.1$/) as string;
    for (const reason of ["used_link", "wrong_token"]) {
      const properties = expect.objectContaining({ reason, address, forwardedFor: "203.0.113.9" }) as object;
      const line = expect.objectContaining({ message: "sign-in failed", properties }) as object;
      await expect.poll(() => linesOf(app), { timeout: 30_000 }).toContainEqual(line);
    }
    expect(app.output).not.toContain(tried);
  });
}
