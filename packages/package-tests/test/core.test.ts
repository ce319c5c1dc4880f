import { SignatureError, unwrap } from "@sessionhook/core";
import { afterEach, describe, expect, it } from "vitest";
import { receive } from "../src/core/receive.js";
import { sessions } from "../src/sessions.js";
import { type SignedMessage, message, secret, signed } from "./signed-message.js";

describe("guide: core", () => {
  afterEach(() => {
    sessions.error = undefined;
  });
  const post = ({ body, headers }: SignedMessage) =>
    receive(new Request("http://localhost/webhooks", { method: "POST", body, headers }));

  it("unwraps a genuine event", async () => {
    const one = message();
    expect((await post(one)).status).toBe(200);
    expect(sessions.saved.has(one.id)).toBe(true);
  });

  it("answers with a status for each class of error", async () => {
    const one = message();
    const forged = await post({ ...one, body: one.body.trim() });
    expect([forged.status, await forged.text()]).toEqual([401, "signature_mismatch"]);
    const invalid = await post(message("invalid"));
    expect([invalid.status, await invalid.text()]).toEqual([422, "invalid_payload"]);
    expect((await post(message("unrecognized"))).status).toBe(200);
  });

  it("verifies a body with a byte order mark from its bytes; request.text() loses the mark, as the guide explains", async () => {
    const marked = signed("evt_mark", `\uFEFF${message().body}`);
    expect((await post(marked)).status).toBe(200);
    const text = await new Request("http://localhost/", { method: "POST", body: marked.body }).text();
    const read = (body: string) => () => unwrap(body, { headers: marked.headers, secrets: secret });
    expect(read(text)).toThrow(SignatureError);
    expect(read(marked.body)).not.toThrow();
  });

  it("does not catch errors of the app", async () => {
    sessions.error = new Error("mine");
    await expect(post(message())).rejects.toThrow("mine");
  });
});
