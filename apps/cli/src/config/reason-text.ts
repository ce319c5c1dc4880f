import type { ConfiguredDestination } from "@sessionhook/app/load-config";

/** Explains the reason code of a destination that does not get an event. */
export function reasonText(code: string, { options }: ConfiguredDestination): string {
  const { statuses, skip, when } = options;
  switch (code) {
    case "status":
      return `it gets events of status ${statuses.join(" and ")}`;
    case "type":
      return "it does not get events of this type";
    case "filter":
      return `when is false: ${when}`;
    case "filter_error":
      return `when fails, for example because a fact is absent (has() checks that): ${when}`;
    default: {
      const preset = skip.find((name) => code === `skip_${name.replaceAll("-", "_")}`);
      return preset === undefined ? code : `skip ${preset}`;
    }
  }
}
