import { flagOrNull, numberOrNull, section, textOrNull } from "./fields.js";

const asnSchema = section("Asn", "The autonomous system an address belongs to.", {
  code: numberOrNull("Number of the autonomous system."),
  name: textOrNull("Name of its operator."),
});

const botManagementSchema = section("BotManagement", "Likelihood that the visitor is a program.", {
  corporateProxy: flagOrNull("Whether the visitor came through a corporate proxy."),
  score: numberOrNull("1 (surely a bot) to 99 (surely a human)."),
  verifiedBot: flagOrNull("Whether it is a bot known by name, such as a search engine's."),
  verifiedBotCategory: textOrNull("Kind of the known bot."),
});

export const networkSchema = section("Network", "The network a visitor came from, and where it is.", {
  asn: asnSchema.meta({ description: "The autonomous system of the address." }),
  botManagement: botManagementSchema.meta({ description: "Likelihood that the visitor is a program." }),
  city: textOrNull("City of the address."),
  colo: textOrNull("Code of the data centre that took the visit, an airport code."),
  continent: textOrNull("Two-letter code of the continent."),
  country: textOrNull("ISO 3166-1 alpha-2 code of the country."),
  ip: textOrNull("IP address."),
  isEU: flagOrNull("Whether the address lies in the European Union."),
  latitude: textOrNull("Latitude in degrees, as text."),
  longitude: textOrNull("Longitude in degrees, as text."),
  metroCode: textOrNull("Metro code of the region (United States)."),
  postalCode: textOrNull("Postal code of the address."),
  region: textOrNull("Name of the region."),
  regionCode: textOrNull("ISO 3166-2 code of the region."),
});
