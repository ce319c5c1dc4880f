import { group } from "../definition.js";
import { at } from "../read.js";

const parameter = (name: string, description: string) =>
  [
    name,
    "string",
    `utm_${name}: ${description}`,
    `\`data.session.utm.${name}\``,
    ({ session }: { readonly session: unknown }) => at(at(session, "utm"), name),
  ] as const;

export const utmFacts = group("utm", [
  parameter("source", "where the visitor came from."),
  parameter("medium", "kind of channel, such as cpc."),
  parameter("campaign", "name of the campaign."),
  parameter("term", "the keyword paid for."),
  parameter("content", "which ad or link."),
]);
