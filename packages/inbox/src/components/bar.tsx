interface BarProps {
  /** Between 0 and 1. */
  readonly share: number;
}

/** Draws a share as a bar. Its number must be beside it as text. */
export function Bar({ share }: BarProps) {
  const width = Math.max(1, Math.min(100, Math.round(share * 100)));
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-track" width="100" height="4" rx="1" />
      <rect class="bar-value" width={width} height="4" rx="1" />
    </svg>
  );
}
