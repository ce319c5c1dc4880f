import { group } from "../definition.js";
import { at } from "../read.js";

const place = (field: string, description: string) =>
  [
    field,
    "string",
    description,
    `\`data.session.network.${field}\``,
    ({ network }: { readonly network: unknown }) => at(network, field),
  ] as const;

export const visitFacts = group("visit", [
  place("country", "ISO 3166-1 alpha-2 code of the country the visit came from."),
  place("region", "Name of the region the visit came from."),
  place("regionCode", "ISO 3166-2 code of that region."),
  place("city", "City the visit came from."),
  place("postalCode", "Postal code the visit came from."),
  place("metroCode", "Metro code of the region (United States)."),
  place("continent", "Two-letter code of the continent."),
  [
    "isEU",
    "boolean",
    "Whether the visit came from the European Union.",
    "`data.session.network.isEU`",
    ({ network }) => at(network, "isEU"),
  ],
  [
    "timezone",
    "string",
    "IANA name of the visitor's time zone.",
    "`data.session.timezone`",
    ({ session }) => at(session, "timezone"),
  ],
]);
