import { ConfigurationError, sign } from "@sessionhook/core";

/** Returns why a text is not a signing secret, without any part of it, or undefined. */
export function secretProblem(secret: string): string | undefined {
  try {
    sign("", { id: "check", timestamp: 0, secret });
    return undefined;
  } catch (error) {
    if (ConfigurationError.isInstance(error)) return error.message;
    throw error;
  }
}
