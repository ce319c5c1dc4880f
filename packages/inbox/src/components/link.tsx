import { type Child, createContext, type JSX, useContext } from "hono/jsx";

/** The prefix of the inbox's paths in browsers. Pages render synchronously, so concurrent pages do not see each other's prefix. */
export const LinkPrefix = createContext("");

/** True where the store has derived tables, and so pages of sessions, people and companies. */
export const HasFacts = createContext(false);

/** Returns a path of the inbox as the browser must request it. Call it only in a component. */
export function useHref(path: string): string {
  return useContext(LinkPrefix) + path;
}

interface LinkProps extends JSX.HTMLAttributes {
  /** Path within the inbox, without the prefix. */
  readonly to: string;
  readonly rel?: string;
  readonly children?: Child;
}

/** Renders a link to a page of the inbox. */
export function Link({ to, children, ...attributes }: LinkProps) {
  return (
    <a {...attributes} href={useHref(to)}>
      {children}
    </a>
  );
}
