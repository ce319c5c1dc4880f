import type { LocaleName } from "../fakers.js";

export interface Country {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly continent: "AF" | "AS" | "EU" | "NA" | "OC" | "SA";
  readonly isEU: boolean;
  readonly locale: LocaleName;
  /** Autonomous systems of its consumer networks: number and name. */
  readonly networks: readonly (readonly [number, string])[];
  /** ISO 4217 code of the currency that its companies report in. */
  readonly currency: string;
}

type Row = readonly [
  weight: number,
  city: string,
  region: string,
  regionCode: string,
  postalCode: string,
  latitude: string,
  longitude: string,
  timezone: string,
  colo: string,
  metroCode?: string,
];

export const placesByCountry: readonly (readonly [Country, readonly Row[]])[] = [
  [
    {
      name: "United States",
      code: "US",
      continent: "NA",
      isEU: false,
      locale: "en",
      currency: "USD",
      networks: [
        [7922, "Comcast Cable Communications, LLC"],
        [701, "Verizon Business"],
        [7018, "AT&T Enterprises, LLC"],
        [20115, "Charter Communications LLC"],
        [22773, "Cox Communications Inc."],
        [21928, "T-Mobile USA, Inc."],
      ],
    },
    [
      [
        9,
        "San Francisco",
        "California",
        "CA",
        "94107",
        "37.76970",
        "-122.39330",
        "America/Los_Angeles",
        "SJC",
        "807",
      ],
      [9, "New York", "New York", "NY", "10013", "40.72010", "-74.00520", "America/New_York", "EWR", "501"],
      [6, "Austin", "Texas", "TX", "78701", "30.27130", "-97.74260", "America/Chicago", "DFW", "635"],
      [6, "Chicago", "Illinois", "IL", "60607", "41.87210", "-87.65780", "America/Chicago", "ORD", "602"],
      [
        5,
        "Seattle",
        "Washington",
        "WA",
        "98101",
        "47.61140",
        "-122.33050",
        "America/Los_Angeles",
        "SEA",
        "819",
      ],
      [
        5,
        "Boston",
        "Massachusetts",
        "MA",
        "02110",
        "42.35700",
        "-71.05100",
        "America/New_York",
        "BOS",
        "506",
      ],
      [4, "Atlanta", "Georgia", "GA", "30308", "33.77180", "-84.37510", "America/New_York", "ATL", "524"],
      [4, "Denver", "Colorado", "CO", "80202", "39.74910", "-104.99460", "America/Denver", "DEN", "751"],
    ],
  ],
  [
    {
      name: "Canada",
      code: "CA",
      continent: "NA",
      isEU: false,
      locale: "en",
      currency: "CAD",
      networks: [
        [577, "Bell Canada"],
        [812, "Rogers Communications Canada Inc."],
        [852, "TELUS Communications Inc."],
      ],
    },
    [
      [3, "Toronto", "Ontario", "ON", "M5V", "43.64270", "-79.38710", "America/Toronto", "YYZ"],
      [2, "Montréal", "Quebec", "QC", "H2Y", "45.50490", "-73.55460", "America/Toronto", "YUL"],
    ],
  ],
  [
    {
      name: "United Kingdom",
      code: "GB",
      continent: "EU",
      isEU: false,
      locale: "en_GB",
      currency: "GBP",
      networks: [
        [2856, "British Telecommunications PLC"],
        [5089, "Virgin Media Limited"],
        [5607, "Sky UK Limited"],
      ],
    },
    [
      [6, "London", "England", "ENG", "EC2A", "51.52430", "-0.08150", "Europe/London", "LHR"],
      [2, "Manchester", "England", "ENG", "M1", "53.47900", "-2.23600", "Europe/London", "MAN"],
    ],
  ],
  [
    {
      name: "Germany",
      code: "DE",
      continent: "EU",
      isEU: true,
      locale: "de",
      currency: "EUR",
      networks: [
        [3320, "Deutsche Telekom AG"],
        [3209, "Vodafone GmbH"],
        [8881, "1&1 Versatel Deutschland GmbH"],
      ],
    },
    [
      [4, "Berlin", "Land Berlin", "BE", "10115", "52.53230", "13.38460", "Europe/Berlin", "TXL"],
      [3, "München", "Bavaria", "BY", "80331", "48.13450", "11.57100", "Europe/Berlin", "MUC"],
      [2, "Köln", "North Rhine-Westphalia", "NW", "50667", "50.93870", "6.95450", "Europe/Berlin", "DUS"],
    ],
  ],
  [
    {
      name: "France",
      code: "FR",
      continent: "EU",
      isEU: true,
      locale: "fr",
      currency: "EUR",
      networks: [
        [3215, "Orange S.A."],
        [12322, "Free SAS"],
        [15557, "Societe Francaise Du Radiotelephone - SFR SA"],
      ],
    },
    [
      [4, "Paris", "Île-de-France", "IDF", "75002", "48.86580", "2.34400", "Europe/Paris", "CDG"],
      [1, "Lyon", "Auvergne-Rhône-Alpes", "ARA", "69002", "45.75400", "4.82900", "Europe/Paris", "CDG"],
    ],
  ],
  [
    {
      name: "Netherlands",
      code: "NL",
      continent: "EU",
      isEU: true,
      locale: "nl",
      currency: "EUR",
      networks: [
        [1136, "KPN B.V."],
        [33915, "Vodafone Libertel B.V."],
      ],
    },
    [[3, "Amsterdam", "North Holland", "NH", "1012", "52.37160", "4.88830", "Europe/Amsterdam", "AMS"]],
  ],
  [
    {
      name: "Spain",
      code: "ES",
      continent: "EU",
      isEU: true,
      locale: "es",
      currency: "EUR",
      networks: [
        [3352, "TELEFONICA DE ESPANA S.A.U."],
        [12479, "Orange Espagne SA"],
      ],
    },
    [
      [2, "Madrid", "Madrid", "MD", "28004", "40.42430", "-3.69900", "Europe/Madrid", "MAD"],
      [2, "Barcelona", "Catalonia", "CT", "08001", "41.38060", "2.16890", "Europe/Madrid", "BCN"],
    ],
  ],
  [
    {
      name: "Italy",
      code: "IT",
      continent: "EU",
      isEU: true,
      locale: "it",
      currency: "EUR",
      networks: [
        [3269, "Telecom Italia S.p.A."],
        [12874, "Fastweb SpA"],
      ],
    },
    [[2, "Milan", "Lombardy", "25", "20121", "45.47220", "9.19220", "Europe/Rome", "MXP"]],
  ],
  [
    {
      name: "Poland",
      code: "PL",
      continent: "EU",
      isEU: true,
      locale: "pl",
      currency: "PLN",
      networks: [
        [5617, "Orange Polska Spolka Akcyjna"],
        [12912, "T-Mobile Polska S.A."],
      ],
    },
    [[2, "Kraków", "Lesser Poland", "12", "31-042", "50.06190", "19.93680", "Europe/Warsaw", "WAW"]],
  ],
  [
    {
      name: "Sweden",
      code: "SE",
      continent: "EU",
      isEU: true,
      locale: "sv",
      currency: "SEK",
      networks: [
        [3301, "Telia Company AB"],
        [2119, "Telenor Norge AS"],
      ],
    },
    [[2, "Malmö", "Skåne County", "M", "211 22", "55.60590", "13.00070", "Europe/Stockholm", "CPH"]],
  ],
  [
    {
      name: "Switzerland",
      code: "CH",
      continent: "EU",
      isEU: false,
      locale: "de",
      currency: "CHF",
      networks: [
        [3303, "Swisscom (Schweiz) AG"],
        [6730, "Sunrise GmbH"],
      ],
    },
    [[2, "Zürich", "Zurich", "ZH", "8001", "47.36670", "8.55000", "Europe/Zurich", "ZRH"]],
  ],
  [
    {
      name: "Türkiye",
      code: "TR",
      continent: "AS",
      isEU: false,
      locale: "tr",
      currency: "TRY",
      networks: [
        [9121, "Turk Telekom"],
        [34984, "Superonline Iletisim Hizmetleri A.S."],
      ],
    },
    [[1, "İstanbul", "Istanbul", "34", "34330", "41.07600", "29.01400", "Europe/Istanbul", "IST"]],
  ],
  [
    {
      name: "India",
      code: "IN",
      continent: "AS",
      isEU: false,
      locale: "en_IN",
      currency: "INR",
      networks: [
        [55836, "Reliance Jio Infocomm Limited"],
        [24560, "Bharti Airtel Ltd., Telemedia Services"],
      ],
    },
    [
      [4, "Bengaluru", "Karnataka", "KA", "560001", "12.97190", "77.59370", "Asia/Kolkata", "BLR"],
      [2, "Mumbai", "Maharashtra", "MH", "400001", "19.07480", "72.88560", "Asia/Kolkata", "BOM"],
    ],
  ],
  [
    {
      name: "Japan",
      code: "JP",
      continent: "AS",
      isEU: false,
      locale: "ja",
      currency: "JPY",
      networks: [
        [4713, "NTT Communications Corporation"],
        [2516, "KDDI CORPORATION"],
        [17676, "SoftBank Corp."],
      ],
    },
    [[3, "Tokyo", "Tokyo", "13", "100-0001", "35.68930", "139.68990", "Asia/Tokyo", "NRT"]],
  ],
  [
    {
      name: "South Korea",
      code: "KR",
      continent: "AS",
      isEU: false,
      locale: "ko",
      currency: "KRW",
      networks: [
        [4766, "Korea Telecom"],
        [9318, "SK Broadband Co Ltd"],
      ],
    },
    [[2, "Seoul", "Seoul", "11", "04524", "37.56600", "126.97840", "Asia/Seoul", "ICN"]],
  ],
  [
    {
      name: "Australia",
      code: "AU",
      continent: "OC",
      isEU: false,
      locale: "en",
      currency: "AUD",
      networks: [
        [1221, "Telstra Limited"],
        [4804, "Microplex PTY LTD"],
      ],
    },
    [[3, "Sydney", "New South Wales", "NSW", "2000", "-33.86720", "151.19970", "Australia/Sydney", "SYD"]],
  ],
  [
    {
      name: "Brazil",
      code: "BR",
      continent: "SA",
      isEU: false,
      locale: "pt_BR",
      currency: "BRL",
      networks: [
        [27699, "TELEFONICA BRASIL S.A"],
        [28573, "Claro NXT Telecomunicacoes Ltda"],
      ],
    },
    [[3, "São Paulo", "São Paulo", "SP", "01310", "-23.56290", "-46.65440", "America/Sao_Paulo", "GRU"]],
  ],
];
