import type { Facts } from "@sessionhook/core/facts";
import type { SkipPreset } from "../destination-options.js";

/** Conditions under which a preset skips an event. An absent fact skips only where the preset is about its absence. */
const presets: Readonly<Record<SkipPreset, (facts: Facts) => boolean>> = {
  bots: (facts) => facts.botLikely === true,
  "corporate-proxies": (facts) => facts.networkCorporateProxy === true,
  freemail: (facts) => facts.personEmailIsFreemail === true,
  eu: (facts) => facts.visitIsEU === true,
  "no-person": (facts) =>
    (facts.personEmail ?? facts.personLinkedinUrl ?? facts.personFullName) === undefined,
  "no-company": (facts) => (facts.companyDomain ?? facts.companyName) === undefined,
  "no-valid-email": (facts) => facts.personEmailStatus !== "valid",
};

/** Returns the first of the presets that skips the event. */
export function skippedBy(skip: readonly SkipPreset[], facts: Facts | undefined): SkipPreset | undefined {
  return skip.find((preset) => presets[preset](facts ?? {}));
}
