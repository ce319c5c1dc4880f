import { attributionKeys } from "@sessionhook/core";
import { attributionNames } from "../attribution/names.js";
import { attributionPath, type AttributionView, presets } from "../attribution/view.js";
import { dayOrNone, dayText } from "../format/day.js";
import { Link, useHref } from "./link.js";

interface ControlProps {
  readonly view: AttributionView;
}

/** Renders one link for each property that sessions are counted by. */
export function AttributionTabs({ view }: ControlProps) {
  return (
    <nav class="tabs" aria-label="Count by">
      <ul>
        {attributionKeys.map((by) => (
          <li>
            <Link to={attributionPath(view, { by })} aria-current={by === view.by ? "page" : undefined}>
              {attributionNames(by).title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Renders the choice of the model and of the range of time. */
export function AttributionRange({ view }: ControlProps) {
  const { days, range, firstDay, lastDay } = view;
  const { from, to } =
    days === undefined ? range : { from: dayText(firstDay ?? lastDay), to: dayText(lastDay) };
  return (
    <div class="range">
      <nav class="segments" aria-label="Model">
        {(["first", "last"] as const).map((model) => (
          <Link
            to={attributionPath(view, { model })}
            aria-current={model === view.model ? "true" : undefined}
          >
            {model === "first" ? "First touch" : "Last touch"}
          </Link>
        ))}
      </nav>
      <nav class="segments" aria-label="Range">
        {presets.map((preset) => (
          <Link
            to={attributionPath(view, { days: preset })}
            aria-current={preset === days ? "true" : undefined}
          >
            {preset} days
          </Link>
        ))}
      </nav>
      <form class="own-range" method="get" action={useHref("/attribution")} autocomplete="off">
        <input type="hidden" name="by" value={view.by} />
        <input type="hidden" name="model" value={view.model} />
        <label>
          From <input type="date" name="from" value={dayOrNone(from)} />
        </label>
        <label>
          to <input type="date" name="to" value={dayOrNone(to)} />
        </label>
        <button type="submit">Show</button>
      </form>
    </div>
  );
}
