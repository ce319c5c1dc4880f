import { formatClock, formatDated, formatRelative, formatShort, formatUtc, toIso } from "../format/time.js";

interface MomentProps {
  /** Unix milliseconds. */
  readonly at: number;
  readonly now: number;
  /** `relative`: 12 min ago; `short`: 1 Mar, 11:58; `clock`: 11:58:30; `dated`: 1 Mar, 11:58:30. */
  readonly form: "relative" | "short" | "clock" | "dated";
}

/** Renders an instant in a short form. */
export function Moment({ at, now, form }: MomentProps) {
  const iso = toIso(at);
  if (iso === undefined) return <>not a date</>;
  return (
    <time
      datetime={iso.replace(".000Z", "Z")}
      data-form={form}
      title={form === "short" ? undefined : formatUtc(at)}
    >
      {textOf(at, now, form)}
    </time>
  );
}

function textOf(at: number, now: number, form: MomentProps["form"]): string {
  if (form === "relative") return formatRelative(at, now);
  if (form === "short") return formatShort(at, now);
  return form === "clock" ? formatClock(at) : formatDated(at, now);
}
