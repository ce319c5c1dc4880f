import { type Child, useContext } from "hono/jsx";
import { navigationPages } from "../page-registry.js";
import { HasFacts } from "./link.js";

interface ShortcutsProps {
  /** Heading of the second list: its level depends on the headings before it. */
  readonly heading: Child;
}

/** Lists the keyboard shortcuts, for the dialog and for the page. */
export function Shortcuts({ heading }: ShortcutsProps) {
  const pages = navigationPages({ facts: useContext(HasFacts) });
  return (
    <>
      <dl class="shortcuts">
        <Shortcut keys={["j"]} also={["k"]} effect="next and previous row of a list" />
        <Shortcut keys={["Enter"]} effect="open the row" />
        <Shortcut keys={["/"]} effect="go to the search field" />
        <Shortcut keys={["r"]} effect="load the page again" />
        <Shortcut keys={["?"]} effect="show this help" />
        <Shortcut keys={["Esc"]} effect="leave the search field, close this help" />
      </dl>
      {heading}
      <dl class="shortcuts">
        {pages.map(({ key, title }) => key !== undefined && <Shortcut keys={["g", key]} effect={title} />)}
      </dl>
      <p hidden>
        <label class="choice">
          <input type="checkbox" data-shortcuts />
          <span>Use shortcuts of single keys in this browser</span>
        </label>
      </p>
    </>
  );
}

interface ShortcutProps {
  /** Keys to press one after the other. */
  readonly keys: readonly string[];
  /** Keys of the opposite effect. */
  readonly also?: readonly string[];
  readonly effect: string;
}

function Shortcut({ keys, also, effect }: ShortcutProps) {
  return (
    <div>
      <dt>
        <Keys keys={keys} />
        {also !== undefined && (
          <>
            <span class="note"> and </span>
            <Keys keys={also} />
          </>
        )}
      </dt>
      <dd>{effect}</dd>
    </div>
  );
}

function Keys({ keys }: { readonly keys: readonly string[] }) {
  return (
    <>
      {keys.map((key, i) => (
        <>
          {i > 0 && <span class="visually-hidden"> then </span>}
          <kbd>{key}</kbd>
        </>
      ))}
    </>
  );
}

/** The dialog that the script opens; without the script it is never shown, and the link in the header opens the page. */
export function KeyboardHelp() {
  return (
    <dialog id="keyboard-help" class="help" aria-labelledby="keyboard-help-title">
      <h2 id="keyboard-help-title">Keyboard shortcuts</h2>
      <Shortcuts heading={<h3>Go to a page</h3>} />
      <form method="dialog">
        <button type="submit" autofocus>
          Close
        </button>
      </form>
    </dialog>
  );
}
