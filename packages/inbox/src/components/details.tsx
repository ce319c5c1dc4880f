import type { Child } from "hono/jsx";
import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

/** One property of a card. Absent values are left out. */
export type Detail = readonly [name: string, value: Child | undefined];

/** Renders properties as a list of names and values; nothing if there are none. */
export function Details({ items }: { readonly items: readonly Detail[] }) {
  const present = items.filter(([, value]) => value !== undefined && value !== null && value !== "");
  if (present.length === 0) return <></>;
  return (
    <dl class="details">
      {present.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{typeof value === "string" ? <VisibleText text={cut(value, 300)} /> : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Joins the parts that exist: `Lisboa, Portugal`. */
export function joined(parts: readonly (string | null | undefined)[], separator = ", "): string | undefined {
  const present = parts.filter((part) => part !== null && part !== undefined && part !== "");
  return present.length === 0 ? undefined : present.join(separator);
}
