/** Renders a number as the length of a bar. The number stands beside it, so assistive technology skips the bar. */
export function Bar({ value, most }: { readonly value: number; readonly most: number }) {
  const width = most === 0 ? 0 : (value / most) * 100;
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="bar-track" width="100" height="8" />
      <rect class="bar-fill" width={width.toFixed(2)} height="8" />
    </svg>
  );
}
