import { CopyButton } from "./copy-button.js";
import { Link } from "./link.js";
import type { StoredEvent } from "@sessionhook/core";
import { formatCount, formatSize } from "../format/number.js";
import { eventPath } from "../paths.js";
import { hexDump } from "../payload/hex-dump.js";
import type { Body } from "../payload/read-body.js";
import { cutText, type TreePlan, type TreeRow } from "../payload/tree-plan.js";
import { JsonTree } from "./json-tree.js";
import { VisibleText } from "./visible-text.js";

const maxTextLength = 20_000;
const maxBinaryBytes = 512;

export interface PayloadProps {
  readonly event: StoredEvent;
  readonly body: Body;
  /** Only for a JSON body. */
  readonly plan: TreePlan | undefined;
  readonly ids: ReadonlyMap<TreeRow, string>;
  readonly expandAll: boolean;
}

/** Renders the body of an event as a JSON tree, as text, or as a hex dump. */
export function Payload({ event, body, plan, ids, expandAll }: PayloadProps) {
  return (
    <section class="panel" aria-labelledby="payload">
      <div class="panel-head">
        <h2 id="payload">Payload</h2>
        <p class="actions">
          {plan !== undefined && (
            <Link class="button" to={`${eventPath(event, { expandAll: !expandAll })}#payload`}>
              {expandAll ? "Collapse" : "Expand all"}
            </Link>
          )}
          {body.kind !== "binary" && body.kind !== "empty" && (
            <CopyButton what="raw body" from={eventPath(event, { file: "raw" })} labelled={true} />
          )}
          <Link class="button" to={eventPath(event, { file: "raw" })}>
            Download raw body
          </Link>
          <Link class="button" to={eventPath(event, { file: "headers" })}>
            Download headers
          </Link>
        </p>
      </div>
      {plan?.partial === true && (
        <p class="note">
          This payload is too large to show completely. The{" "}
          <Link to={eventPath(event, { file: "raw" })}>raw body</Link> contains all of it.
        </p>
      )}
      {plan === undefined ? <NotJson event={event} body={body} /> : <JsonTree root={plan.root} ids={ids} />}
    </section>
  );
}

function NotJson({ event, body }: { readonly event: StoredEvent; readonly body: Body }) {
  if (body.kind === "text") {
    const text = cutText(body.text, maxTextLength);
    return (
      <>
        <p class="note">
          This body is not JSON. Shown as text
          {text.length < body.text.length &&
            `: the first ${formatCount(text.length)} of ${formatCount(body.text.length)} characters`}
          .
        </p>
        <pre class="body">
          <VisibleText text={text} keepLines={true} />
        </pre>
      </>
    );
  }
  if (body.kind === "binary") {
    return (
      <>
        <p class="note">
          This body is neither JSON nor UTF-8 text.
          {event.raw.byteLength > maxBinaryBytes
            ? ` The first ${maxBinaryBytes} of ${formatSize(event.raw.byteLength)}:`
            : " Bytes:"}
        </p>
        <pre class="body">{hexDump(event.raw.subarray(0, maxBinaryBytes))}</pre>
      </>
    );
  }
  return <p class="note">The body is empty.</p>;
}
