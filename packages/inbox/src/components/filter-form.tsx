import type { Child } from "hono/jsx";
import { cut } from "./short.js";
import { Link, useHref } from "./link.js";
import { VisibleText } from "./visible-text.js";

/** A part of the filter that the form has no field for, such as one that a link of another page sets. */
export interface Scope {
  readonly name: string;
  readonly value: string;
  /** The part in words: `Medium: email`. */
  readonly text: string;
  /** Path of the list without this part. */
  readonly without: string;
}

interface FilterFormProps {
  /** Path of the list. */
  readonly action: string;
  readonly q: string | undefined;
  readonly placeholder: string;
  readonly scopes: readonly Scope[];
  /** True if there is a filter to clear. */
  readonly filtered: boolean;
  /** The choices. */
  readonly children: Child;
}

/**
 * Renders search and filters of a list as one form, which works without a script. Without `autocomplete="off"`, the back button
 * restores what the user had changed, while the list is that of the address.
 */
export function FilterForm({ action, q, placeholder, scopes, filtered, children }: FilterFormProps) {
  return (
    <search>
      <form class="filters" method="get" action={useHref(action)} autocomplete="off">
        <div class="filter-search">
          <input
            name="q"
            type="search"
            aria-label="Search"
            value={q ?? ""}
            placeholder={placeholder}
            autocapitalize="off"
            spellcheck={false}
          />
          <button class="primary" type="submit">
            Search
          </button>
        </div>
        <div class="filter-choices">{children}</div>
        {scopes.map(({ name, value }) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {filtered && (
          <p class="filter-scopes">
            {scopes.map(({ text, without }) => (
              <Link class="scope-chip" to={without}>
                <VisibleText text={cut(text, 80)} />
                <span aria-hidden="true">×</span>
                <span class="visually-hidden">, remove</span>
              </Link>
            ))}
            <Link to={action}>Clear all filters</Link>
          </p>
        )}
      </form>
    </search>
  );
}
