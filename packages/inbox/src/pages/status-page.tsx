import { DestinationBadge } from "../components/destination-badge.js";
import { Fact } from "../components/fact.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { Command } from "../components/command.js";
import { RebuildProgress } from "../components/rebuild-progress.js";
import { StatusFindings } from "../components/status-findings.js";
import { Time } from "../components/time.js";
import { TimeZoneNote } from "../components/time-zone-note.js";
import { VisibleText } from "../components/visible-text.js";
import { formatCount, formatPlural, formatSize } from "../format/number.js";
import { formatDuration, formatSpan } from "../format/time.js";
import { deliveryListPath, destinationPath, listPath } from "../paths.js";
import { findingsOf } from "../status/findings.js";
import type { Rate } from "../status/rate.js";
import type { SystemStatus } from "../status/read-status.js";

export interface StatusPageProps {
  readonly status: SystemStatus;
  readonly now: number;
}

/** Renders the state of the whole system: first as one result, then its parts. */
export function StatusPage({ status, now }: StatusPageProps) {
  const { system, destinations, derivation } = status;
  return (
    <Layout title="Status" signedIn={true} current="/status">
      <h1>Status</h1>
      <StatusFindings findings={findingsOf(status, now)} />
      <div class="status-parts">
        <div>
          <Store status={status} now={now} />
          <App status={status} now={now} />
        </div>
        <div>
          {destinations !== undefined && destinations !== null && destinations.length > 0 && (
            <Destinations destinations={destinations} lag={status.lag} />
          )}
          {derivation !== undefined && derivation !== null && <Derived derivation={derivation} now={now} />}
        </div>
      </div>
      {system.settings !== undefined && system.settings.length > 0 && (
        <section class="panel" aria-labelledby="settings">
          <h2 id="settings">Settings</h2>
          <dl class="settings">
            {system.settings.map(({ name, value }) => (
              <div>
                <dt class="code">
                  <VisibleText text={name} />
                </dt>
                <dd>
                  <VisibleText text={value} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <p class="footnote">
        <TimeZoneNote />
      </p>
    </Layout>
  );
}

interface PartProps {
  readonly status: SystemStatus;
  readonly now: number;
}

function Store({ status, now }: PartProps) {
  const { system, stats, storeBytes, logBytes, lastHour, lastDay, newest } = status;
  return (
    <section class="panel" aria-labelledby="store">
      <h2 id="store">Events</h2>
      <dl class="numbers">
        <Fact name="Last hour">
          <Recent rate={lastHour} />
        </Fact>
        <Fact name="Last 24 hours">
          <Recent rate={lastDay} />
        </Fact>
        {stats !== null && (
          <>
            <Fact name="Accepted">
              <Count value={stats.accepted} to={listPath({ status: "accepted" })} />
            </Fact>
            <Fact name="Quarantined">
              <Count value={stats.quarantined} to="/quarantine" />
            </Fact>
            <Fact name="Unrecognized">
              <Count value={stats.unrecognized} to={listPath({ status: "unrecognized" })} />
            </Fact>
            <Fact name="Conflicts">
              <Count value={stats.conflicts} to={listPath({ status: "conflict" })} />
            </Fact>
            <Fact name="Duplicates">{formatCount(stats.duplicates)}</Fact>
          </>
        )}
      </dl>
      <dl class="properties">
        {system.storeKind !== undefined && <Fact name="Kind">{system.storeKind}</Fact>}
        {storeBytes !== undefined && (
          <Fact name="Size">{storeBytes === null ? "unknown" : formatSize(storeBytes)}</Fact>
        )}
        {logBytes !== undefined && <Fact name="Write-ahead log">{formatSize(logBytes)}</Fact>}
        {lastDay?.exact === false && (
          <Fact name="Rate">
            {formatPlural(lastDay.events, "event")} in the last {formatSpan(lastDay.ms / 1000)}
          </Fact>
        )}
        <Fact name="Last event">
          {newest === null ? "none yet" : <Time at={newest.receivedAt} now={now} />}
        </Fact>
        <Fact name="Last backup">
          <Backup at={status.lastBackupAt} now={now} />
        </Fact>
      </dl>
    </section>
  );
}

function Count({ value, to }: { readonly value: number; readonly to: string }) {
  return value === 0 ? <>0</> : <Link to={to}>{formatCount(value)}</Link>;
}

function Recent({ rate }: { readonly rate: Rate | null }) {
  if (rate === null) return <>unknown</>;
  if (rate.exact) return <>{formatCount(rate.events)}</>;
  return (
    <abbr title={`at least ${formatCount(rate.events)}: only the newest events are counted`}>
      {formatCount(rate.events)}+
    </abbr>
  );
}

function Backup({ at, now }: { readonly at: number | null | undefined; readonly now: number }) {
  if (at === undefined) return <span class="note">not recorded here</span>;
  if (at === null)
    return (
      <span class="note">
        none is recorded; <Command args="backup <file>" /> makes one
      </span>
    );
  return <Time at={at} now={now} />;
}

function App({ status: { system }, now }: PartProps) {
  const { version, runtime, startedAt } = system;
  if (version === undefined && runtime === undefined && startedAt === undefined) return <></>;
  return (
    <section class="panel" aria-labelledby="app">
      <h2 id="app">App</h2>
      <dl class="properties">
        {version !== undefined && (
          <Fact name="Version">
            <VisibleText text={version} />
          </Fact>
        )}
        {runtime !== undefined && (
          <Fact name="Runtime">
            <VisibleText text={runtime} />
          </Fact>
        )}
        {startedAt !== undefined && (
          <Fact name="Running">
            for {formatDuration(now - startedAt)}
            <span class="since">
              since <Time at={startedAt} />
            </span>
          </Fact>
        )}
      </dl>
    </section>
  );
}

interface DerivedProps {
  readonly derivation: NonNullable<SystemStatus["derivation"]>;
  readonly now: number;
}

function Derived({ derivation: { sessions, people, companies, rebuild }, now }: DerivedProps) {
  return (
    <section class="panel" aria-labelledby="derived">
      <h2 id="derived">Derived tables</h2>
      <dl class="numbers">
        <Fact name="Sessions">{formatCount(sessions)}</Fact>
        <Fact name="People">{formatCount(people)}</Fact>
        <Fact name="Companies">{formatCount(companies)}</Fact>
      </dl>
      {rebuild !== null && <RebuildProgress progress={rebuild} now={now} />}
    </section>
  );
}

interface DestinationsProps {
  readonly destinations: NonNullable<SystemStatus["destinations"]>;
  readonly lag: SystemStatus["lag"];
}

function Destinations({ destinations, lag }: DestinationsProps) {
  return (
    <section class="panel" aria-labelledby="delivering">
      <h2 id="delivering">Deliveries</h2>
      {lag !== undefined && lag !== null && (
        <p class="note">
          {lag === 0 ? "No event waits for the router." : `${formatPlural(lag, "event")} not routed yet.`}
        </p>
      )}
      <ul class="status-destinations" data-rows>
        {destinations.map(({ name, state, open, dead }) => (
          <li>
            <Link to={destinationPath(name)}>
              <VisibleText text={name} />
            </Link>
            <DestinationBadge state={state} />
            <span class="note">
              {formatCount(open)} open
              {dead > 0 && (
                <>
                  {", "}
                  <Link to={deliveryListPath({ destination: name, state: "dead" })}>
                    {formatPlural(dead, "dead letter")}
                    <span class="visually-hidden"> of {name}</span>
                  </Link>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
