import { Link } from "./link.js";

interface PagesNavProps {
  /** Path of the first page; undefined on the first page. */
  readonly newest: string | undefined;
  /** Path of the next page; undefined on the last one. */
  readonly older: string | undefined;
}

/** Renders links to the first page and the next page of a list. */
export function PagesNav({ newest, older }: PagesNavProps) {
  if (newest === undefined && older === undefined) return <></>;
  return (
    <nav class="pages" aria-label="Pages">
      {newest !== undefined && (
        <Link class="button" to={newest}>
          ↑ Newest
        </Link>
      )}
      {older !== undefined && (
        <Link class="button" rel="next" to={older}>
          Older ↓
        </Link>
      )}
    </nav>
  );
}
