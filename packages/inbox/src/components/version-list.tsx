import { Link } from "./link.js";
import type { EventSummary } from "@sessionhook/core";
import { formatSize } from "../format/number.js";
import { eventPath } from "../paths.js";
import { StatusBadge } from "./status-badge.js";
import { Time } from "./time.js";

const maxVersions = 50;

export interface VersionListProps {
  readonly versions: readonly EventSummary[];
  readonly current: number;
}

/** Lists the versions of a message id that arrived with different bytes. */
export function VersionList({ versions, current }: VersionListProps) {
  return (
    <section class="panel panel-versions" aria-labelledby="versions">
      <h2 id="versions">{versions.length} versions of this message id</h2>
      <p>
        The same message id arrived with different bytes. The first version is the event; later ones are
        stored as conflicts.
      </p>
      <ul class="versions">
        {versions.slice(0, maxVersions).map((version) => (
          <li>
            <Link to={eventPath(version)} aria-current={version.version === current ? "page" : undefined}>
              Version {version.version}
            </Link>
            <StatusBadge status={version.status} />
            <span>
              <Time at={version.receivedAt} />
            </span>
            <span>{formatSize(version.size)}</span>
            {version.version === current && <span class="ago">shown here</span>}
          </li>
        ))}
      </ul>
      {versions.length > maxVersions && <p class="note">And {versions.length - maxVersions} more.</p>}
    </section>
  );
}
