import type { DeliveryItem } from "@sessionhook/core";
import type { FilesConfig } from "./files/config.js";
import type { HttpConfig } from "./http/config.js";
import type { DestinationType } from "./registry.js";
import type { SlackConfig } from "./slack/config.js";

/**
 * Returns the text that a destination would send for an event, created by the code that sends it: the body of a request,
 * the line of a file, the text of a message, or the event that a function gets. Undefined if the event would be skipped.
 */
export async function previewOf(
  type: DestinationType,
  config: unknown,
  item: DeliveryItem,
): Promise<string | undefined> {
  const raw = () => new TextDecoder().decode(item.event.raw);
  switch (type) {
    case "http": {
      const { bodyOf } = await import("./body/create-body.js");
      const body = bodyOf<string>((config as HttpConfig).body ?? "raw", raw)(item);
      return typeof body === "object" ? JSON.stringify(body) : body;
    }
    case "files": {
      const { lineOf } = await import("./files/line.js");
      return lineOf((config as FilesConfig).body ?? "raw")(item)?.trimEnd();
    }
    case "slack": {
      const { messageOf } = await import("./slack/message.js");
      const { formatOf } = await import("./slack/format-of.js");
      return messageOf([item], formatOf(config as SlackConfig));
    }
    case "code": {
      const { eventOf } = await import("./code/code-destination.js");
      return eventOf(item) === undefined ? undefined : raw();
    }
  }
}
