import { type Country, placesByCountry } from "./data/places.js";

export interface Place {
  readonly weight: number;
  readonly country: Country;
  readonly city: string;
  readonly region: string;
  readonly regionCode: string;
  readonly postalCode: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly timezone: string;
  /** IATA code of the nearest edge location. */
  readonly colo: string;
  /** Designated market area; only in the United States. */
  readonly metroCode: string | null;
}

/** The locations of visitors and companies, each with its country, time zone, networks and edge location. */
export const places: readonly Place[] = placesByCountry.flatMap(([country, rows]) =>
  rows.map(
    ([weight, city, region, regionCode, postalCode, latitude, longitude, timezone, colo, metroCode]) => ({
      weight,
      country,
      city,
      region,
      regionCode,
      postalCode,
      latitude,
      longitude,
      timezone,
      colo,
      metroCode: metroCode ?? null,
    }),
  ),
);
