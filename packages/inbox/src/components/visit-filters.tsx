import { countryName } from "../format/names.js";
import { type CompanySize, companySizes, sizeNames } from "../visits/company-size.js";
import { type Origin, withoutValue } from "../visits/query.js";
import { hasDays, rangeNames, type TimeRange, timeRanges } from "../visits/time-range.js";
import { Choice, type Option } from "./choice.js";
import { DaysFields } from "./days-fields.js";

/** Most frequent values, for the choices. */
export interface FilterValues {
  readonly sources: readonly string[];
  readonly campaigns: readonly string[];
  readonly countries: readonly string[];
}

interface VisitFiltersProps {
  readonly filter: TimeRange & Origin & { readonly size?: CompanySize | undefined };
  readonly values: FilterValues;
  /** Set where the filters select by the origin of the last session. */
  readonly touch?: "last";
}

/** Renders the choices that the lists of sessions, people and companies share. */
export function VisitFilters({ filter, values, touch }: VisitFiltersProps) {
  const label = (name: string) => (touch === undefined ? name : `${name} of the last touch`);
  const plain = (names: readonly string[]): Option[] => names.map((name) => ({ value: name, name }));
  const days = hasDays(filter);
  return (
    <>
      <Choice
        name={days ? "instead" : "time"}
        label="Time"
        chosen={days ? "days" : filter.time}
        options={[
          ...(days ? [{ value: "days", name: "Chosen days" }] : []),
          { value: days ? "any" : "", name: "Any time" },
          ...rangeNames.map((value) => ({ value, name: timeRanges[value].name })),
        ]}
      />
      <DaysFields range={filter} />
      <Choice
        name="source"
        label={label("Source")}
        chosen={filter.source}
        options={[
          { value: "", name: "Any source" },
          { value: withoutValue, name: "Direct" },
          ...plain(values.sources),
        ]}
      />
      <Choice
        name="campaign"
        label={label("Campaign")}
        chosen={filter.campaign}
        options={[
          { value: "", name: "Any campaign" },
          { value: withoutValue, name: "No campaign" },
          ...plain(values.campaigns),
        ]}
      />
      <Choice
        name="country"
        label={label("Country")}
        chosen={filter.country}
        options={[
          { value: "", name: "Any country" },
          ...values.countries
            .map((value) => ({ value, name: countryName(value) }))
            .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        ]}
      />
      <Choice
        name="size"
        label="Company size"
        chosen={filter.size}
        options={[
          { value: "", name: "Any size" },
          ...sizeNames.map((value) => ({ value, name: companySizes[value].name })),
        ]}
      />
    </>
  );
}
