import { useCommand } from "./command.js";
import { CopyButton } from "./copy-button.js";

const example = `{
  "destinations": {
    "backend": {
      "type": "http",
      "url": "https://api.example.com/hooks",
      "secret": { "env": "BACKEND_SECRET" }
    }
  }
}`;

/** Shows how to configure the first destination. */
export function NoDestinations() {
  // Otherwise the banner of npm would become a part of the secret. Settings of the app can stand before the command.
  const command = useCommand("secret new").replace(
    /(?<=^|\s)npm run (?=sessionhook -- )/,
    "npm run --silent ",
  );
  const newSecret = `export BACKEND_SECRET=$(${command})`;
  return (
    <div class="empty">
      <h2>No destinations yet</h2>
      <p>A destination is a system that Sessionhook sends the events on to: your backend, a chat, a file.</p>
      <ol>
        <li>
          <p>
            Write <code>sessionhook.config.json</code> in the folder in which the server runs:
          </p>
          <pre>
            <code>{example}</code>
          </pre>
          <CopyButton what="configuration" text={example} />
        </li>
        <li>
          <p>
            In the environment of the server, set a new secret, which your system verifies the requests with:
          </p>
          <pre>
            <code>{newSecret}</code>
          </pre>
          <CopyButton what="command" text={newSecret} />
        </li>
        <li>
          <p>Restart the server. The destination gets every event from then on.</p>
        </li>
      </ol>
    </div>
  );
}
