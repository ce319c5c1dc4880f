// Imports standardwebhooks, signs and verifies one event.
import { Webhook } from "standardwebhooks";

const webhook = new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
const body = '{"type":"a.new.type","id":"evt_1"}';
const now = new Date();
const headers = {
  "webhook-id": "evt_1",
  "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
  "webhook-signature": webhook.sign("evt_1", now, body),
};
if (webhook.verify(body, headers).type !== "a.new.type") throw new Error();
