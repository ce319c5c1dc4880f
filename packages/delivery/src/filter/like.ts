/** Maximum length of the pattern of `like`. */
export const maxPatternLength = 256;

/**
 * Returns true if a glob matches the complete text: `*` stands for any number of characters, `?` for exactly one. Ignores
 * case. Takes at most text length × pattern length steps.
 */
export function like(text: string, pattern: string): boolean {
  const subject = text.toLowerCase();
  const glob = pattern.toLowerCase();
  let at = 0;
  let next = 0;
  /** Position behind the last `*`, and where in the text it stops matching. */
  let star = -1;
  let starEnd = 0;
  while (at < subject.length) {
    if (glob[next] === "*") {
      star = ++next;
      starEnd = at;
    } else if (next < glob.length && (glob[next] === "?" || glob[next] === subject[at])) {
      next++;
      at++;
    } else if (star !== -1) {
      next = star;
      at = ++starEnd;
    } else return false;
  }
  while (glob[next] === "*") next++;
  return next === glob.length;
}
