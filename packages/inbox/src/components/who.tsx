import type { Child } from "hono/jsx";
import { Link } from "./link.js";
import { Short } from "./short.js";

interface WhoProps {
  readonly avatar: Child;
  readonly name: string;
  /** False for a name that only stands for an unknown one. */
  readonly known: boolean;
  /** Path that the row leads to. */
  readonly to: string;
  /** Second line; empty for none. */
  readonly line: string | null;
}

/** Renders who a row of a list is about. Its link covers the row. */
export function Who({ avatar, name, known, to, line }: WhoProps) {
  return (
    <td role="cell">
      <span class="who">
        {avatar}
        <span>
          <Link class={known ? "row-link" : "row-link unnamed"} to={to}>
            <Short text={name} />
          </Link>
          {line !== null && line !== "" && <Short class="sub" text={line} />}
        </span>
      </span>
    </td>
  );
}
