import type { ReadableFact } from "./definition.js";
import { botFacts } from "./groups/bot.js";
import { companyFacts } from "./groups/company.js";
import { deviceFacts } from "./groups/device.js";
import { eventFacts } from "./groups/event.js";
import { networkFacts } from "./groups/network.js";
import { pageFacts } from "./groups/pages.js";
import { personFacts } from "./groups/person.js";
import { sessionFacts } from "./groups/session.js";
import { utmFacts } from "./groups/utm.js";
import { visitFacts } from "./groups/visit.js";

/** Every fact with its reader, in the order of the row. */
export const readableFacts: readonly ReadableFact[] = [
  ...eventFacts,
  ...personFacts,
  ...companyFacts,
  ...sessionFacts,
  ...pageFacts,
  ...utmFacts,
  ...visitFacts,
  ...networkFacts,
  ...deviceFacts,
  ...botFacts,
];
