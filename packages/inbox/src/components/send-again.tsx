import type { ConfiguredDestination } from "@sessionhook/core";
import { destinationField, eventForm } from "../paths.js";
import { useHref } from "./link.js";
import { VisibleText } from "./visible-text.js";

interface SendAgainProps {
  readonly id: string;
  readonly destinations: readonly ConfiguredDestination[];
}

/** Renders the form that sends an event to destinations again. */
export function SendAgain({ id, destinations }: SendAgainProps) {
  return (
    <details class="send-again">
      <summary>Send again…</summary>
      <form method="post" action={useHref(eventForm(id, "replay"))}>
        <fieldset>
          <legend>Destinations</legend>
          {destinations.map(({ name, type, target }) => (
            <label class="choice">
              <input type="checkbox" name={destinationField(name)} value="1" checked />
              <span>
                <VisibleText text={name} />{" "}
                <span class="note">
                  <VisibleText text={type} /> · <VisibleText text={target} />
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <p class="note">
          A destination gets the event if it passes its filters, also if it has been delivered before.
        </p>
        <button type="submit" class="primary">
          Send
        </button>
      </form>
    </details>
  );
}
