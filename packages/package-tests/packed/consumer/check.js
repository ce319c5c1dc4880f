import { SignatureError, generateSecret, sign, unwrap } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";
import sample from "@sessionhook/json-schema/examples/identity.session.finalized.full.json" with { type: "json" };

/** Verifies a genuine event, derives its facts and refuses a changed one; the result is the same on every runtime. */
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
  const { companyDomain } = factsOf(event);
  return { type: event.type, same: event.id === sample.id, companyDomain, refused };
}
