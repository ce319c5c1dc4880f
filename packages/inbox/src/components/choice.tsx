import { visibleText } from "./visible-text.js";
import { cut } from "./short.js";

export interface Option {
  /** Empty for the option that does not filter. */
  readonly value: string;
  readonly name: string;
}

interface ChoiceProps {
  /** Of the parameter. */
  readonly name: string;
  /** Read by assistive technology; the options themselves are understood without it. */
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: string | undefined;
}

/** Renders a filter with few values. A chosen value that is not among the options is added. */
export function Choice({ name, label, options, chosen = "" }: ChoiceProps) {
  const all = options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, name: chosen }];
  return (
    <select class={chosen === "" ? undefined : "chosen"} name={name} aria-label={label}>
      {all.map((option) => (
        <option value={option.value} selected={option.value === chosen}>
          {visibleText(cut(option.name, 48))}
        </option>
      ))}
    </select>
  );
}
