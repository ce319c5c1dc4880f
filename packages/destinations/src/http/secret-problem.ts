import { ConfigurationError, sign } from "@sessionhook/core";

/** Returns why a text cannot sign, without any part of it. */
export function secretProblem(secret: string): string | undefined {
  try {
    sign("", { id: "check", timestamp: 0, secret });
    return undefined;
  } catch (error) {
    if (ConfigurationError.isInstance(error)) return error.message;
    throw error;
  }
}
