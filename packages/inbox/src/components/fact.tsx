import type { Child } from "hono/jsx";

interface FactProps {
  readonly name: string;
  readonly children?: Child;
}

/** Renders a name and its value in a list of properties. */
export function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
