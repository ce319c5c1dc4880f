// Imports core, signs and unwraps one event.
import { sign, unwrap } from "@sessionhook/core";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const body = '{"type":"a.new.type","id":"evt_1"}';
if (unwrap(body, { headers: sign(body, { id: "evt_1", secret }), secrets: secret }).type !== "a.new.type")
  throw new Error();
