import { Link } from "./link.js";
import { Moment } from "./moment.js";
import { PagesNav } from "./pages-nav.js";

interface PageEndProps {
  /** Path of the first page; undefined on the first page. */
  readonly newest: string | undefined;
  /** Path of the next page; undefined on the last one. */
  readonly older: string | undefined;
  /** Set if reading stopped at a limit: rows from before this time were not examined. */
  readonly examinedTo: number | null;
  readonly now: number;
}

/** Renders the links to other pages of a list, and how far a search that stopped at a limit has read. */
export function PageEnd({ newest, older, examinedTo, now }: PageEndProps) {
  if (examinedTo === null || older === undefined) return <PagesNav newest={newest} older={older} />;
  return (
    <>
      <p class="searched-back">
        Searched back to <Moment at={examinedTo} now={now} form="short" />.{" "}
        <Link rel="next" to={older}>
          Look further back
        </Link>
      </p>
      <PagesNav newest={newest} older={undefined} />
    </>
  );
}
