import { createContext, useContext } from "hono/jsx";
import { Link } from "./link.js";

/** Path and query of the page that the user came from; undefined if it is unknown. */
export const CameFrom = createContext<string | undefined>(undefined);

interface BackLinkProps {
  /** Path of the list. */
  readonly list: string;
  /** Plural name of the rows: `people`. */
  readonly name: string;
}

/** Renders the link of a detail page to its list: with filters and place, if the user came from there. */
export function BackLink({ list, name }: BackLinkProps) {
  const search = searchOf(list, useContext(CameFrom));
  return (
    <nav class="back" aria-label="Breadcrumb">
      {search === undefined ? (
        <Link to={list}>← All {name}</Link>
      ) : (
        <Link to={list + search}>← Back to {name}</Link>
      )}
    </nav>
  );
}

/** Returns the query of the list, with its question mark; undefined if the user came from another page. */
function searchOf(list: string, from: string | undefined): string | undefined {
  if (from?.startsWith(`${list}?`) !== true) return undefined;
  const search = from.slice(list.length);
  // With a key, this is the address of one person or company.
  return new URLSearchParams(search).has("key") ? undefined : search;
}
