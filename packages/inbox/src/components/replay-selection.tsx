import type { ReplaySpec } from "@sessionhook/core";
import { formatPlural } from "../format/number.js";
import { eventPath } from "../paths.js";
import { Link } from "./link.js";
import { Time } from "./time.js";
import { VisibleText } from "./visible-text.js";

const kinds = {
  failed: "Dead letters",
  missing: "Events without a delivery to the destination",
  all: "All events",
} as const;

/** Named events that are listed. */
const maxListed = 10;

/** Renders what a replay selects, as entries of a list of properties. */
export function ReplaySelection({ spec }: { readonly spec: ReplaySpec }) {
  const { kind, events, status, type, from, to, when } = spec;
  return (
    <>
      <div class="wide">
        <dt>Selection</dt>
        <dd>{kind === "all" && events !== undefined ? formatPlural(events.length, "event") : kinds[kind]}</dd>
      </div>
      {events !== undefined && (
        <div class="wide">
          <dt>{events.length === 1 ? "Event" : "Events"}</dt>
          {events.slice(0, maxListed).map((id) => (
            <dd>
              <Link class="code" to={eventPath({ id, version: 1 })}>
                <VisibleText text={id} />
              </Link>
            </dd>
          ))}
          {events.length > maxListed && <dd>and {events.length - maxListed} more</dd>}
        </div>
      )}
      {status !== undefined && (
        <div>
          <dt>Status</dt>
          <dd>{status}</dd>
        </div>
      )}
      {type !== undefined && (
        <div>
          <dt>Event type</dt>
          <dd>
            <VisibleText text={type} />
          </dd>
        </div>
      )}
      {from !== undefined && (
        <div>
          <dt>Received from</dt>
          <dd>
            <Time at={from} />
          </dd>
        </div>
      )}
      {to !== undefined && (
        <div>
          <dt>Received before</dt>
          <dd>
            <Time at={to} />
          </dd>
        </div>
      )}
      {when !== undefined && (
        <div class="wide">
          <dt>Filter</dt>
          <dd class="code">
            <VisibleText text={when} />
          </dd>
        </div>
      )}
    </>
  );
}
