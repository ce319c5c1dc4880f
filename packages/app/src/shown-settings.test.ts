import { expect, test } from "vitest";
import { readSettings } from "./settings.js";
import { shownSettings } from "./shown-settings.js";

test("shows the settings in force, and neither secrets nor tokens", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const settings = readSettings({
    SESSIONHOOK_SECRETS: secret,
    SESSIONHOOK_ADMIN_TOKEN: "the-admin-token-0123456789",
    SESSIONHOOK_TOLERANCE_SECONDS: "0",
  });
  const shown = shownSettings(settings, undefined);
  expect(Object.fromEntries(shown.map(({ name, value }) => [name, value]))).toMatchObject({
    HOST: "127.0.0.1",
    SESSIONHOOK_TOLERANCE_SECONDS: "0",
    SESSIONHOOK_STORE: "sqlite:./data/sessionhook.db",
    SESSIONHOOK_CONFIG: "none",
  });
  expect(JSON.stringify(shown)).not.toMatch(/MfKQ9|admin-token/);
});

test.each([
  ["postgres://user:p%40ss@db.example.com/events?password=x", "postgres://db.example.com/events"],
  ["postgres://user:p@ss/w:rd@db.example.com/events", "postgres://db.example.com/events"],
  ["sqlite:./data/a@b.db", "sqlite:./data/a@b.db"],
])("shows %j without a password", (storeText, value) => {
  const shown = shownSettings({ ...readSettings({}), storeText }, "sessionhook.config.json");
  expect(shown.find(({ name }) => name === "SESSIONHOOK_STORE")?.value).toBe(value);
});
