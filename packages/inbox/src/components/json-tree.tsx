import { formatCount, formatPlural } from "../format/number.js";
import { formatUtc, toIso } from "../format/time.js";
import { maxDepth } from "../payload/json-nodes.js";
import { cutText, maxTextLength, type TreeRow } from "../payload/tree-plan.js";
import { VisibleText } from "./visible-text.js";

const longText = 280;
const maxLabelLength = 200;

/** Renders a payload as nested collapsible lists with `<details>`, which needs no script. */
export function JsonTree({
  root,
  ids,
}: {
  readonly root: TreeRow;
  readonly ids: ReadonlyMap<TreeRow, string>;
}) {
  return (
    <ul class="tree">
      <Row row={root} ids={ids} />
    </ul>
  );
}

type RowProps = { readonly row: TreeRow; readonly ids: ReadonlyMap<TreeRow, string> };

function Row({ row, ids }: RowProps) {
  return (
    <li id={ids.get(row)}>
      {row.kind === "object" || row.kind === "array" ? (
        <Container row={row} ids={ids} />
      ) : (
        <Scalar row={row} />
      )}
    </li>
  );
}

function Container({ row, ids }: RowProps) {
  const size = formatPlural(row.count, row.kind === "array" ? "item" : "field");
  if (row.count === 0) {
    return (
      <div class="leaf">
        <Label row={row} />
        <span class="size">{row.kind === "array" ? "[\u00a0] empty list" : "{\u00a0} empty object"}</span>
        <IssueMark row={row} />
      </div>
    );
  }
  return (
    <details open={row.open}>
      <summary>
        <Label row={row} />
        <span class="size">
          {row.kind === "array" ? "[\u00a0]" : "{\u00a0}"} {size}
        </span>
        <IssueMark row={row} />
      </summary>
      <ul>
        {row.children.map((child) => (
          <Row row={child} ids={ids} />
        ))}
        {row.hidden > 0 && (
          <li class="left-out">
            {formatCount(row.hidden)} {row.children.length > 0 ? "more " : ""}
            {row.kind === "array" ? "items" : "fields"} not shown
          </li>
        )}
      </ul>
    </details>
  );
}

function Scalar({ row }: { readonly row: TreeRow }) {
  return (
    <div class="leaf">
      <Label row={row} />
      {row.kind === "string" ? <Text row={row} /> : <Plain row={row} />}
      <IssueMark row={row} />
    </div>
  );
}

function Plain({ row }: { readonly row: TreeRow }) {
  if (row.kind === "too-deep")
    return <span class="left-out">nested deeper than {maxDepth} levels, not shown</span>;
  return (
    <>
      <span class={`value value-${row.kind}`}>{row.text}</span>
      <Cut row={row} />
      {row.time !== undefined && (
        <time class="hint" datetime={toIso(row.time)}>
          {formatUtc(row.time)}
        </time>
      )}
    </>
  );
}

function Text({ row }: { readonly row: TreeRow }) {
  const quote = <span aria-hidden="true">"</span>;
  const end = row.cut > 0 ? "…" : quote;
  if (row.text.length <= longText) {
    return (
      <>
        <span class="value value-string">
          {quote}
          <VisibleText text={row.text} />
          {end}
        </span>
        <Cut row={row} />
      </>
    );
  }
  return (
    <details class="long">
      <summary>
        <span class="value value-string">
          {quote}
          <VisibleText text={cutText(row.text, 120)} />…
        </span>
        <span class="size">{formatPlural(row.text.length + row.cut, "character")}</span>
      </summary>
      <p class="value value-string">
        {quote}
        <VisibleText text={row.text} />
        {end}
      </p>
      <Cut row={row} />
    </details>
  );
}

function Cut({ row }: { readonly row: TreeRow }) {
  if (row.cut === 0) return <></>;
  return <span class="left-out">{formatPlural(row.cut, "more character")} not shown</span>;
}

function Label({ row }: { readonly row: TreeRow }) {
  if (row.label === null) return <span class="key key-root">payload</span>;
  return (
    <span class="key">
      {row.label === "" ? (
        '""'
      ) : (
        <VisibleText text={cutText(row.label, Math.min(maxLabelLength, maxTextLength))} />
      )}
      {row.label.length > maxLabelLength && "…"}
      <span class="colon">:</span>
    </span>
  );
}

function IssueMark({ row }: { readonly row: TreeRow }) {
  if (row.issues.length === 0) return <></>;
  const shown = row.issues.slice(0, 5).join(", ");
  return (
    <span class="issue-mark">
      issue {shown}
      {row.issues.length > 5 && ` and ${row.issues.length - 5} more`}
    </span>
  );
}
