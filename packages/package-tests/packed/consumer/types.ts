import { type KnownEvent, type SendContext, type UnrecognizedEvent, sign, unwrap } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";
import { Webhook } from "@sessionhook/core/standardwebhooks";
import { createWebhookHandler } from "@sessionhook/handler";
import { createSimulator } from "@sessionhook/simulator";
import { openStore } from "@sessionhook/stores";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const event: KnownEvent | UnrecognizedEvent = unwrap("{}", {
  headers: sign("{}", { id: "evt_1", secret }),
  secrets: secret,
});
if (event.type === "identity.session.finalized") {
  const sid: string | null | undefined = event.data.session.sid;
  // @ts-expect-error: the types are the real ones, and not any
  const wrong: number = event.data.session.sid;
  console.log(sid, wrong);
}
const count: number | undefined = factsOf(event).companyEmployeeCount;
console.log(count, new Webhook(secret), createWebhookHandler, createSimulator, openStore);
export const send = ({ signal }: SendContext) => fetch("http://localhost/", { signal });
