import { leftoverOf } from "@sessionhook/core";
import * as z from "zod/mini";

const placeholder = /^(?:undefined|null|\[object \w+\])$/i;

/** One word that a header can carry, without leftovers of a copy. Messages never quote it. */
export const adminTokenSchema = z.string("must be a text").check((payload) => {
  const message = problemOf(payload.value);
  if (message !== undefined) payload.issues.push({ code: "custom", input: undefined, message });
});

function problemOf(token: string): string | undefined {
  if (placeholder.test(token)) return "is a placeholder, not a token";
  return (
    leftoverOf(token) ??
    (/^[\x21-\x7e]+$/.test(token) ? undefined : "must be one word of visible ASCII characters")
  );
}
