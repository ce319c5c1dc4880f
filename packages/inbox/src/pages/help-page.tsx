import { Layout } from "../components/layout.js";
import { Shortcuts } from "../components/keyboard-help.js";

/** Renders the keyboard shortcuts as a page. */
export function HelpPage() {
  return (
    <Layout title="Keyboard shortcuts" signedIn={true} current="/help">
      <h1>Keyboard shortcuts</h1>
      <section class="panel help">
        <Shortcuts heading={<h2>Go to a page</h2>} />
        <noscript>
          <p class="note">Shortcuts need JavaScript, which is switched off in this browser.</p>
        </noscript>
      </section>
    </Layout>
  );
}
