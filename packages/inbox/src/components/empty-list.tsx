import { Link } from "./link.js";
import { statusName } from "./status-badge.js";
import { VisibleText } from "./visible-text.js";
import { listPath, type ListFilter } from "../paths.js";

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
