import type { Outcome } from "@sessionhook/core";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { PostButton } from "../components/post-button.js";
import { ReasonText } from "../components/reason.js";
import { VisibleText, visibleText } from "../components/visible-text.js";
import { destinationForm, destinationPath } from "../paths.js";

export interface TestResultPageProps {
  readonly name: string;
  readonly outcome: Outcome;
}

const titles: Readonly<Record<Outcome["outcome"], string>> = {
  delivered: "The test was delivered",
  skipped: "The destination skipped the sample event",
  retry: "The test failed",
  rejected: "The destination rejected the sample event",
  blocked: "The destination refuses everything",
  paced: "The destination asks for a pause",
};

/** Renders the answer of a destination to a test. */
export function TestResultPage({ name, outcome }: TestResultPageProps) {
  const title = titles[outcome.outcome];
  const reason = outcome.outcome === "delivered" ? undefined : outcome.reason;
  return (
    <Layout title={`${title}, ${visibleText(name)}`} signedIn={true} current="/destinations">
      <div class="card">
        <h1>{title}</h1>
        <p>
          {reason === undefined ? (
            <>
              <strong>
                <VisibleText text={name} />
              </strong>{" "}
              accepted a sample event.
            </>
          ) : (
            <>
              <strong>
                <VisibleText text={name} />
              </strong>
              : <ReasonText reason={reason} />
            </>
          )}
        </p>
        {reason?.excerpt !== undefined && reason.excerpt !== "" && (
          <pre class="body">
            <VisibleText text={reason.excerpt} keepLines={true} />
          </pre>
        )}
        <p class="note">The test is not stored, and does not change the state of the destination.</p>
        <div class="actions">
          <Link class="button" to={destinationPath(name)}>
            Back to destinations
          </Link>
          <PostButton to={destinationForm(name, "test")} label="Send another" />
        </div>
      </div>
    </Layout>
  );
}
