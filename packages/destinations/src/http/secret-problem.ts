import { ConfigurationError, sign } from "@sessionhook/core";

/** The shortest secret that Standard Webhooks allows. */
const minSecretBytes = 24;

/** Returns why a text is not a signing secret, without any part of it, or undefined. */
export function secretProblem(secret: string): string | undefined {
  try {
    sign("", { id: "check", timestamp: 0, secret });
    return undefined;
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    // Receivers can allow shorter secrets of a sender; here the secret is our own.
    return error.message.startsWith("The signing secret is too short")
      ? `The signing secret is too short: at least ${minSecretBytes} bytes are needed; create one with sessionhook secret new`
      : error.message;
  }
}
