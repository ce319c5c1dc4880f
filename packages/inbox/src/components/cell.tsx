import { Short } from "./short.js";

interface CellProps {
  readonly first: string | null;
  readonly second?: string | null;
  /** Renders the second line in the font of code. */
  readonly code?: boolean;
}

/** Renders a cell of up to two lines; a dash if nothing is known. */
export function Cell({ first, second = null, code = false }: CellProps) {
  if (first === null && second === null) {
    return (
      <td role="cell" class="none">
        <span aria-hidden="true">–</span>
        <span class="visually-hidden">unknown</span>
      </td>
    );
  }
  return (
    <td role="cell">
      {first !== null && <Short text={first} />}
      {second !== null && <Short class={code ? "sub code" : "sub"} text={second} />}
    </td>
  );
}

/** Renders the heads of a table. */
export function Heads({ names }: { readonly names: readonly string[] }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {names.map((name) => (
          <th role="columnheader" scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
