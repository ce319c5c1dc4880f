import { SignatureError, generateSecret, sign, unwrap } from "@sessionhook/core";
import sample from "@sessionhook/json-schema/examples/identity.session.finalized.full.json" with { type: "json" };

/** Verifies a genuine event and refuses a changed one; what it returns is the same on every runtime. */
export function check() {
  const secret = generateSecret();
  const body = JSON.stringify(sample);
  const headers = sign(body, { id: sample.id, secret });
  const event = unwrap(body, { headers, secrets: secret });
  let refused = "nothing";
  try {
    unwrap(`${body} `, { headers, secrets: secret });
  } catch (error) {
    if (SignatureError.isInstance(error)) refused = error.code;
  }
  return { type: event.type, same: event.id === sample.id, refused };
}
