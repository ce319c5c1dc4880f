import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { sign, verifySignature } from "../../packages/core/dist/index.js";
import type { Inputs } from "./inputs.ts";
import type { SignedMessage } from "./signed-message.ts";
import { replayedVectors } from "./vectors.ts";

/** The signing secret of the messages; every consumer also signs with it. */
export const secret = `whsec_${Buffer.from("consumers of sessionhook, 32 byt").toString("base64")}`;
const otherSecret = `whsec_${Buffer.from("somebody else's secret, 32 bytes").toString("base64")}`;

/** Signs messages with the current time: genuine ones of every event type, forged ones, and probes of unusual cases. */
export function makeMessages(inputs: Inputs): SignedMessage[] {
  const now = Math.floor(Date.now() / 1000);
  const full = inputs.payloads.filter(({ name }) => name.endsWith(".full"));
  const genuine = full.map(({ type, file }) => {
    const body = readFileSync(file, "utf8");
    return {
      name: type,
      type,
      body,
      headers: sign(body, { id: `msg_${type.replaceAll(".", "_")}`, secret }),
    };
  });
  const body = genuine[0]?.body ?? "";
  const good = sign(body, { id: "msg_1", timestamp: now, secret });
  const signature = good["webhook-signature"];
  const forged = signature.replace(/^v1,(.)/, (_, first) => `v1,${first === "A" ? "B" : "A"}`);
  const withSignature = (text: string) => ({ ...good, "webhook-signature": text });
  const cases: Omit<SignedMessage, "secrets" | "genuine" | "probe">[] = [
    ...genuine,
    { name: "second of two signatures", body, headers: withSignature(`${forged} ${signature}`) },
    {
      name: "other versions are skipped",
      body,
      headers: withSignature(`v1a,${"A".repeat(86)}== ${signature}`),
    },
    { name: "body changed", body: body.replace("1739", "1738"), headers: good },
    { name: "white space added", body: `${body} `, headers: good },
    { name: "id changed", body, headers: { ...good, "webhook-id": "msg_2" } },
    { name: "timestamp changed", body, headers: { ...good, "webhook-timestamp": String(now + 1) } },
    { name: "signature changed", body, headers: withSignature(forged) },
    { name: "signature cut short", body, headers: withSignature(signature.slice(0, -4)) },
    { name: "signature empty", body, headers: withSignature("v1,") },
    { name: "another secret", body, headers: sign(body, { id: "msg_1", secret: otherSecret }) },
    { name: "ten minutes old", body, headers: sign(body, { id: "msg_1", timestamp: now - 600, secret }) },
    { name: "ten minutes ahead", body, headers: sign(body, { id: "msg_1", timestamp: now + 600, secret }) },
  ];
  const judged = (one: Omit<SignedMessage, "genuine" | "probe">, probe: boolean): SignedMessage => ({
    ...one,
    probe,
    genuine: isGenuine(one),
  });
  return [
    ...cases.map((one) => judged({ secrets: [secret], ...one }, false)),
    ...[...probes(body, now), ...replayedVectors(now)].map((one) => judged(one, true)),
  ];
}

/** Returns unusual messages whose signature is valid in one interpretation; a library that accepts one uses that interpretation. */
function probes(body: string, now: number): Omit<SignedMessage, "genuine" | "probe">[] {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const mac = (id: string, timestamp: number | string, content: string | Uint8Array, hmacKey = key) =>
    createHmac("sha256", hmacKey).update(`${id}.${timestamp}.`).update(content).digest("base64");
  const headers = (signature: string, id = "msg_1", timestamp: number | string = now) => ({
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signature,
  });
  const good = `v1,${mac("msg_1", now, body)}`;
  const probe = (name: string, given: Record<string, string>, content: string | Uint8Array = body) => ({
    name,
    secrets: [secret],
    headers: given,
    body: content,
  });
  const invalid = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff]), Buffer.from('"}')]);
  const replaced = new TextDecoder().decode(invalid);
  return [
    probe("timestamp with a plus sign", headers(good, "msg_1", `+${now}`)),
    probe("timestamp with leading zeros", headers(good, "msg_1", `00${now}`)),
    probe("timestamp with a fraction", headers(good, "msg_1", `${now}.9`)),
    probe("timestamp with white space", headers(good, "msg_1", ` ${now}`)),
    probe("timestamp in Arabic-Indic digits", headers(good, "msg_1", arabicIndic(now))),
    probe("id with a dot", headers(`v1,${mac("msg.1", now, body)}`, "msg.1")),
    probe("signature without padding", headers(good.replace(/=+$/, ""))),
    probe("signature with other trailing bits", headers(otherTrailingBits(good))),
    probe("signature with foreign characters", headers(`${good.slice(0, 10)}!${good.slice(10)}`)),
    probe("signature with a third part", headers(`${good},more`)),
    probe("an entry without a comma before it", headers(`v1 ${good}`)),
    probe("two spaces before it", headers(`v1a,AA==  ${good}`)),
    probe("svix header names", svixNames(headers(good))),
    {
      ...probe("secret of one byte", headers(`v1,${mac("msg_1", now, body, Buffer.from("a"))}`)),
      secrets: ["whsec_YQ=="],
    },
    { ...probe("secret without a prefix", headers(good)), secrets: [secret.slice("whsec_".length)] },
    {
      ...probe(
        "secret's text as the key",
        headers(`v1,${mac("msg_1", now, body, Buffer.from(secret.slice(6)))}`),
      ),
    },
    probe("bytes that are not UTF-8, signed as sent", headers(`v1,${mac("msg_1", now, invalid)}`), invalid),
    probe(
      "bytes that are not UTF-8, signed as replaced",
      headers(`v1,${mac("msg_1", now, replaced)}`),
      invalid,
    ),
  ];
}

function isGenuine(message: Omit<SignedMessage, "genuine" | "probe">): boolean {
  try {
    verifySignature(message.body, { headers: message.headers, secrets: message.secrets });
    return true;
  } catch {
    return false;
  }
}

const arabicIndic = (value: number) =>
  [...String(value)].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join("");

/** Changes the last character before the padding, whose last two bits lenient decoders ignore. */
function otherTrailingBits(signature: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const last = signature.at(-2) ?? "";
  return `${signature.slice(0, -2)}${alphabet[alphabet.indexOf(last) + 1] ?? ""}=`;
}

const svixNames = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace("webhook", "svix"), value]),
  );
