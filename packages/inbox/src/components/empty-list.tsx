import { CopyButton } from "./copy-button.js";
import { Link } from "./link.js";
import { statusName } from "./status-badge.js";
import { VisibleText } from "./visible-text.js";
import { listPath, type ListFilter } from "../paths.js";

/** Renders the list of an empty store, with the next steps. */
export function NothingYet() {
  return (
    <div class="empty">
      <h2>No events yet</h2>
      <p>
        The receiver is ready. Verified messages to <code>POST /webhooks</code> appear here.
      </p>
      <ol>
        <li>
          <p>Try it with a signed sample event:</p>
          <pre>
            <code>npm run sessionhook -- send</code>
          </pre>
          <CopyButton what="command" text="npm run sessionhook -- send" />
        </li>
        <li>
          <p>
            <Link to="/events">Reload this page</Link>: the event is at the top.
          </p>
        </li>
        <li>
          <p>
            Configure the URL of <code>/webhooks</code> at your provider, and set its signing secret in{" "}
            <code>SESSIONHOOK_SECRETS</code>.
          </p>
        </li>
      </ol>
    </div>
  );
}

/** Renders the list of a filter without matches. */
export function NoMatch({ filter }: { readonly filter: ListFilter }) {
  return (
    <div class="empty">
      <h2>No matching events</h2>
      <p>
        {filter.q === undefined ? (
          "No event"
        ) : (
          <>
            No message id starting with{" "}
            <code>
              <VisibleText text={filter.q} />
            </code>
          </>
        )}
        {filter.status !== undefined && ` has the status ${statusName(filter.status).toLowerCase()}`}
        {filter.q !== undefined && filter.status === undefined && " was found"}
        {filter.cursor !== undefined && " on this page"}.
        {filter.q !== undefined && " The search matches an id or its beginning and is case-sensitive."}
      </p>
      <p class="actions">
        {filter.q !== undefined && filter.status !== undefined && (
          <Link class="button" to={listPath({ q: filter.q })}>
            Search all statuses
          </Link>
        )}
        <Link class="button" to="/events">
          Show all events
        </Link>
      </p>
    </div>
  );
}
