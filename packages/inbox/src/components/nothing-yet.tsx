import { useCommand } from "./command.js";
import { CopyButton } from "./copy-button.js";
import { useHref } from "./link.js";

interface NothingYetProps {
  readonly what: "events" | "sessions" | "people" | "companies";
  /** True if the store has events from before it derived tables: a rebuild reads them. */
  readonly incomplete?: boolean;
}

const pages = { events: "/events", sessions: "/", people: "/people", companies: "/companies" };
const results = {
  events: "the event is at the top",
  sessions: "the session is at the top",
  people: "the person is at the top, if the sample identified one",
  companies: "the company is at the top, if the sample identified one",
};

/** Renders the next steps for an empty store. */
export function NothingYet({ what, incomplete = false }: NothingYetProps) {
  const [send, rebuild] = [useCommand("send"), useCommand("derive rebuild")];
  return (
    <div class="empty">
      <h2>No {what} yet</h2>
      {incomplete ? (
        <>
          <p>
            The store has events that were received before it had this list. Read them once, while the server
            runs:
          </p>
          <pre>
            <code>{rebuild}</code>
          </pre>
          <CopyButton what="command" text={rebuild} />
        </>
      ) : (
        <>
          <p>
            The receiver is ready. Verified messages to <code>POST {useHref("/webhooks")}</code> appear here.
          </p>
          <ol>
            <li>
              <p>Try it with a signed sample event:</p>
              <pre>
                <code>{send}</code>
              </pre>
              <CopyButton what="command" text={send} />
            </li>
            <li>
              <p>
                <a href={useHref(pages[what])}>Reload this page</a>: {results[what]}.
              </p>
            </li>
            <li>
              <p>
                Configure the URL of <code>{useHref("/webhooks")}</code> at your provider, and set its signing
                secret in <code>SESSIONHOOK_SECRETS</code>.
              </p>
            </li>
          </ol>
        </>
      )}
    </div>
  );
}
