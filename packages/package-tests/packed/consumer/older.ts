import { defineConfig } from "@sessionhook/app/config";
import { SignatureError, generateSecret, sign, unwrap } from "@sessionhook/core";
import { type Facts, factsOf } from "@sessionhook/core/facts";
import { maxSecrets } from "@sessionhook/core/limits";
import { problemStatus } from "@sessionhook/core/problem-codes";
import { identitySessionFinalizedSchema } from "@sessionhook/core/schemas";
import { Webhook } from "@sessionhook/core/standardwebhooks";
import { createWebhookHandler } from "@sessionhook/handler";
import { nodeHandler } from "@sessionhook/handler/node";
import { createSimulator } from "@sessionhook/simulator";
import { dataFolderOf } from "@sessionhook/stores/address";
import { openSqliteStore } from "@sessionhook/stores/sqlite";

const secret = generateSecret();
const body = '{"type":"identity.unheard.of"}';
const headers = sign(body, { id: "evt_1", secret });
const event = unwrap(body, { headers, secrets: secret });
if (event.type === "identity.session.finalized") {
  const sid: string = event.data.session.sid;
  // @ts-expect-error: the types are the real ones, and not any
  const wrong: number = event.data.session.sid;
  console.log(sid, wrong);
}
const facts: Facts = factsOf(event);
// @ts-expect-error: a misspelt fact does not compile
console.assert(facts.personEMail === undefined);
// @ts-expect-error: the types of the subpaths are the real ones
const wrong: [string, string, string] = [maxSecrets, problemStatus.not_found, defineConfig];
const found = [
  factsOf,
  identitySessionFinalizedSchema,
  createWebhookHandler,
  nodeHandler,
  createSimulator,
  openSqliteStore,
  wrong,
  dataFolderOf,
];
console.log(
  JSON.stringify([
    event.type,
    new Webhook(secret).verify(body, headers),
    SignatureError.isInstance(1),
    found.length,
  ]),
);
