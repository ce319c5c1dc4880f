import type { Answer } from "../net/read-answer.js";

/**
 * Returns whether the body of an answer 2xx confirms the message: `ok`, no body, or JSON with `ok` or `success` true, as
 * compatible systems such as Rocket.Chat answer.
 */
export function isAccepted({ text, cut }: Answer): boolean {
  const body = text.trim();
  if (body === "") return !cut;
  return body.toLowerCase() === "ok" || confirms(body);
}

function confirms(body: string): boolean {
  try {
    const answer = JSON.parse(body) as { readonly ok?: unknown; readonly success?: unknown } | null;
    return answer?.ok === true || answer?.success === true;
  } catch {
    return false;
  }
}
