import { Link } from "./link.js";

/** The way out of a page that has nothing to show. */
export function FirstPageLink({ signedIn }: { readonly signedIn: boolean }) {
  return (
    <p class="actions">
      <Link class="button" to="/">
        {signedIn ? "Go to the first page" : "Go to the inbox"}
      </Link>
    </p>
  );
}
