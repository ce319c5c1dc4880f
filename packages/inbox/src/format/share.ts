/** Formats a part of a whole in percent: `12%`, `<1%` for a small one that is not zero. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0%";
  const percent = Math.round((part / whole) * 100);
  if (percent === 0) return "<1%";
  return percent === 100 && part < whole ? ">99%" : `${percent}%`;
}
