import type { SessionRow } from "@sessionhook/core";
import { knownName, visitorLine, visitorName } from "../visits/visitor.js";
import { sessionPath } from "../paths.js";
import { Avatar } from "./avatar.js";
import { Link } from "./link.js";
import { Short } from "./short.js";

/** Renders who a session is of, with a link to it. */
export function Visitor({ session }: { readonly session: SessionRow }) {
  const name = knownName(session);
  const line = visitorLine(session);
  return (
    <span class="who">
      <Avatar
        name={name}
        seed={session.person ?? session.visitorId ?? session.id}
        kind={session.bot ? "bot" : "person"}
      />
      <span class="who-text">
        <Link class={`row-link${name === null ? " unnamed" : ""}`} to={sessionPath(session.id)}>
          <Short text={visitorName(session)} />
        </Link>
        {line !== "" && (
          <span class="second">
            <Short text={line} />
          </span>
        )}
      </span>
    </span>
  );
}
