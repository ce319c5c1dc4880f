import { formatClock, formatRelative, formatShort, formatUtc, toIso } from "../format/time.js";

interface MomentProps {
  /** Unix milliseconds. */
  readonly at: number;
  readonly now: number;
  /** `relative`: 12 min ago; `short`: 1 Mar, 11:58; `clock`: 11:58:30.  */
  readonly form: "relative" | "short" | "clock";
}

/** Renders an instant in a short form. */
export function Moment({ at, now, form }: MomentProps) {
  const iso = toIso(at);
  if (iso === undefined) return <>not a date</>;
  const text =
    form === "relative" ? formatRelative(at, now) : form === "short" ? formatShort(at, now) : formatClock(at);
  return (
    <time
      datetime={iso.replace(".000Z", "Z")}
      data-form={form}
      title={form === "short" ? undefined : formatUtc(at)}
    >
      {text}
    </time>
  );
}
