import { type Child, createContext, type JSX, useContext } from "hono/jsx";

/** The prefix that browsers have before the paths of the inbox. No page awaits anything, so pages do not see each other's. */
export const LinkPrefix = createContext("");

/** Returns a path of the inbox as the browser must ask for it. To be called by a component. */
export function useHref(path: string): string {
  return useContext(LinkPrefix) + path;
}

interface LinkProps extends JSX.HTMLAttributes {
  /** A path of the inbox. */
  readonly to: string;
  readonly rel?: string;
  readonly children?: Child;
}

/** A link to a page of the inbox. */
export function Link({ to, children, ...attributes }: LinkProps) {
  return (
    <a {...attributes} href={useHref(to)}>
      {children}
    </a>
  );
}
