/**
 * Compares two texts without revealing where they differ. The time depends on the length of `given`
 * alone, never on its contents or on how much of it matches `expected`.
 *
 * @param given the text that the other side sent
 * @param expected the secret value it must equal
 *
 * @example
 * ```ts
 * import { constantTimeEqual } from "@sessionhook/core";
 *
 * constantTimeEqual("given token", "expected token"); // => false
 * ```
 */
export function constantTimeEqual(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  // `| 0` turns the NaN past the end into 0: no branch, and the length is already part of the result.
  for (let i = 0; i < given.length; i++) difference |= given.charCodeAt(i) ^ (expected.charCodeAt(i) | 0);
  return difference === 0;
}
