import { bucketOf, initials } from "../format/names.js";

/** Number of colours in `styles/visits.ts`. */
const colours = 8;

interface AvatarProps {
  /** Name to take the letters from; null shows a figure. */
  readonly name: string | null;
  /** Text that decides about the colour: the same visitor always has the same one. */
  readonly seed: string;
  readonly kind?: "person" | "company" | "bot";
  readonly large?: boolean;
}

/** The figure of a person is drawn by the stylesheet, because lists have many of them. */
const figures = {
  company: "M4 13.5V3h5v10.5M9 6.5h3.5v7M2.5 13.5h11M6 5.75h1M6 8.25h1M6 10.75h1",
  bot: "M3.5 6.5h9v6h-9zM8 6.5V4M8 3.5v.05M6.25 9.25v.5M9.75 9.25v.5",
} as const;

/** Renders a drawn picture of a visitor or a company. It is never loaded, and assistive technology does not read it. */
export function Avatar({ name, seed, kind = "person", large = false }: AvatarProps) {
  const letters = name === null || kind === "bot" ? "" : initials(name);
  const colour = letters === "" ? `plain ${kind}` : `a${bucketOf(seed, colours)}`;
  const classes = ["avatar", colour, kind === "company" ? "square" : "", large ? "large" : ""];
  return (
    <span class={classes.filter((name) => name !== "").join(" ")} aria-hidden="true">
      {letters}
      {letters === "" && kind !== "person" && (
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16">
          <path d={figures[kind]} />
        </svg>
      )}
    </span>
  );
}
