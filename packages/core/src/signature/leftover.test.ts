import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../errors.js";
import { sign } from "./sign.js";
import { SigningSecrets } from "./signing-secrets.js";
import { verifySignature } from "./verify-signature.js";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/** Each way to configure a secret, with an error's message or "ok". */
const uses: readonly [string, (secret: string) => unknown][] = [
  ["SigningSecrets", (text) => new SigningSecrets(text)],
  ["SigningSecrets of several", (text) => new SigningSecrets([other, text])],
  ["verifySignature", (text) => verifySignature("", { headers: {}, secrets: text })],
  ["verifySignature of several", (text) => verifySignature("", { headers: {}, secrets: [other, text] })],
  ["sign", (text) => sign("", { id: "a", secret: text })],
  ["SigningSecrets with utf8", (text) => new SigningSecrets(text, { secretEncoding: "utf8" })],
  ["SigningSecrets with base64", (text) => new SigningSecrets(text, { secretEncoding: "base64" })],
];

function refusal(use: (secret: string) => unknown, text: string): string {
  try {
    use(text);
    return "ok";
  } catch (error) {
    return ConfigurationError.isInstance(error) ? error.message : "ok";
  }
}

const quotes = ['"', "'", "`", "´", "“", "”", "„", "‘", "’", "«", "»"];
const cases: readonly [string, string][] = [
  ...quotes.map((quote): [string, string] => [quote + secret, `begins with a quote (${quote})`]),
  ...quotes.map((quote): [string, string] => [secret + quote, `ends with a quote (${quote})`]),
  [`"${secret}"`, "quote"],
  [`${secret}\\n`, "ends with a literal \\n"],
  [`${secret}\\r\\n`, "ends with a literal \\n"],
  [`${secret}\\r`, "ends with a literal \\r"],
  [`${secret}\\t`, "ends with a literal \\t"],
  [`${secret}\\`, "ends with a backslash"],
  [`${secret}%`, "ends with %"],
  [`${secret};`, "ends with a semicolon"],
  [`${secret},`, "ends with a comma"],
  [`${secret}.`, "ends with a full stop"],
  [`${secret}:`, "ends with a colon"],
  [`${secret}>`, "ends with the character >"],
  [`<${secret}>`, "begins with the character <"],
  [`[${secret}`, "begins with the character ["],
  [`${secret}}`, "ends with the character }"],
  [`${secret}&`, "ends with the character &"],
  [`${secret}#`, "ends with the character #"],
  [`${secret}\u200B`, "ends with an invisible character (U+200B)"],
  [`\u200B${secret}`, "begins with an invisible character (U+200B)"],
  ["{{resolve:secretsmanager:hooks:SecretString:signing}}", "a reference that nothing has replaced"],
  [`{"signing":"${secret}"}`, "is JSON; give only the value"],
  [`v1,${secret}`, "begins with v1"],
  [`v1, ${secret}`, "begins with v1"],
  [`v1a,${secret}`, "begins with v1"],
  [`Bearer ${secret}`, "begins with Bearer"],
  [`bearer ${secret}`, "begins with Bearer"],
  [`SESSIONHOOK_SECRETS=${secret}`, "begins with the name of a variable"],
  [`SESSIONHOOK_SECRETS="${secret}"`, "begins with the name of a variable"],
  [`export SESSIONHOOK_SECRETS=${secret}`, "begins with the name of a variable"],
  [`WEBHOOK_SECRET: ${secret}`, "begins with the name of a variable"],
  [`"WEBHOOK_SECRET": "${secret}"`, "begins with the name of a variable"],
  [`secret=${secret}`, "has other text before whsec_"],
  [`=${secret}`, "has other text before whsec_"],
  [secret.toUpperCase(), "must begin with whsec_ in lower case"],
  [`\${WEBHOOK_SECRET}`, "a reference"],
  ["$WEBHOOK_SECRET", "a reference"],
  ["whsec_MfKQ9r8GKYqrTwjUPD8…", "masked"],
  ["whsec_MfKQ9r8GKYqrTwjUPD8...", "masked"],
  ["whsec_****************************", "masked"],
  ["whsec_••••••••••••••••••••••••", "masked"],
  [`${secret.slice(0, -2)}%3D%3D`, "percent-encoded"],
];

describe.each(uses)("%s", (_, use) => {
  it.each(cases)("refuses %j: %s", (text, expected) => {
    const message = refusal(use, text);
    expect(message).toContain(`The signing secret `);
    expect(message).toContain(expected);
    expect(message).not.toContain("MfKQ9r8");
  });

  it.each([` ${secret}`, `${secret}\n`, `${secret}\r\n`, `\uFEFF${secret}`])(
    "ignores white space: %j",
    (text) => {
      expect(refusal(use, text)).toBe("ok");
    },
  );
});

it("names the position among several secrets", () => {
  expect(refusal((text) => new SigningSecrets([other, text]), `${secret}"`)).toBe(
    'Secret 2 of 2: The signing secret ends with a quote ("); remove it',
  );
});
