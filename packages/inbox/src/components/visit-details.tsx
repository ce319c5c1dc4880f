import type { SessionRow } from "@sessionhook/core";
import type { Facts } from "@sessionhook/core/facts";
import { countryName } from "../format/names.js";
import { hostOf, shortAddress } from "../visits/address.js";
import { botWords } from "../visits/bot-words.js";
import { CopyButton } from "./copy-button.js";
import { Details, joined } from "./details.js";
import { Path } from "./path.js";
import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

interface VisitDetailsProps {
  readonly session: SessionRow;
  readonly facts: Facts | undefined;
}

/** Renders campaign, device and network of a session. */
export function VisitDetails({ session, facts }: VisitDetailsProps) {
  const { source, medium, campaign, term, content, landingPage, country } = session;
  const landing = facts?.sessionLandingPage;
  const page = landing === undefined ? landingPage : shortAddress(landing);
  const { deviceScreenWidth: width, deviceScreenHeight: height } = facts ?? {};
  return (
    <>
      <section class="panel" aria-labelledby="campaign">
        <h2 id="campaign">Came from</h2>
        <Details
          items={[
            ["Source", source ?? "Direct"],
            ["Medium", medium ?? undefined],
            ["Campaign", campaign ?? undefined],
            ["Term", term ?? undefined],
            ["Content", content ?? undefined],
            ["Referrer", facts?.sessionReferrer ?? session.referrer ?? undefined],
            ["Website", landing === undefined ? undefined : hostOf(landing)],
            ["Landing page", page === null ? undefined : <Path text={cut(page, 300)} />],
            [
              "Click id",
              facts?.sessionGclid !== undefined
                ? "Google Ads"
                : facts?.sessionFbclid !== undefined
                  ? "Facebook"
                  : undefined,
            ],
          ]}
        />
      </section>
      <section class="panel" aria-labelledby="device">
        <h2 id="device">Device and network</h2>
        <Details
          items={[
            ["Device", joined([capital(session.device), joined([session.browser, session.os], " on ")])],
            ["Screen", width === undefined || height === undefined ? undefined : `${width} × ${height}`],
            [
              "Place",
              joined([session.city, facts?.visitRegion, country === null ? null : countryName(country)]),
            ],
            ["Time zone", facts?.visitTimezone],
            ["Network", facts?.networkIsp],
            ["IP address", facts?.networkIp],
            [
              "Proxy",
              session.corporateProxy
                ? "Through a corporate proxy: place and network are the company's."
                : undefined,
            ],
            ["Person or bot", botWords(session.botScore, facts)],
            ["Session id", <Id what="session id" id={session.id} />],
            [
              "Visitor id",
              session.visitorId === null ? undefined : <Id what="visitor id" id={session.visitorId} />,
            ],
          ]}
        />
      </section>
    </>
  );
}

function Id({ what, id }: { readonly what: string; readonly id: string }) {
  return (
    <>
      <code>
        <VisibleText text={cut(id, 100)} />
      </code>{" "}
      <CopyButton what={what} text={id} />
    </>
  );
}

function capital(text: string | null): string | null {
  return text === null ? null : text.charAt(0).toUpperCase() + text.slice(1);
}
