import { useHref } from "./link.js";

interface PostButtonProps {
  /** A path of the inbox that takes the form. */
  readonly to: string;
  readonly label: string;
  /** The object of the action, for assistive technology: several buttons of a page can have one label. */
  readonly of?: string;
  readonly primary?: boolean;
  /** Hidden fields. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** A form with one button. The route must refuse forms of other sites. */
export function PostButton({ to, label, of, primary = false, fields = {} }: PostButtonProps) {
  return (
    <form method="post" action={useHref(to)}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={primary ? "primary" : undefined}>
        {label}
        {of !== undefined && <span class="visually-hidden"> {of}</span>}
      </button>
    </form>
  );
}
