/* global test, expect */
const { generateSecret, sign, unwrap } = require("@sessionhook/core");
const { Webhook } = require("@sessionhook/core/standardwebhooks");

test("a Buffer is verified under Jest", () => {
  const secret = generateSecret();
  const body = Buffer.from('{"type":"identity.unheard.of"}');
  const headers = sign(body, { id: "evt_1", secret });
  expect(unwrap(body, { headers, secrets: secret }).type).toBe("identity.unheard.of");
  expect(new Webhook(secret).verify(body, headers)).toEqual({ type: "identity.unheard.of" });
});
