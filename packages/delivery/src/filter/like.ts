/** Maximum length of the pattern of `like`. */
export const maxPatternLength = 256;

/**
 * Returns whether a text matches a glob as a whole: `*` stands for any characters or none, `?` for exactly one. Upper and
 * lower case do not differ. Needs no more than text length × pattern length steps, whatever the two are.
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
