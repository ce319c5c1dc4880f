import { group } from "../definition.js";
import { at } from "../read.js";

export const networkFacts = group("network", [
  [
    "ip",
    "string",
    "IP address of the visitor.",
    "`data.session.network.ip`",
    ({ network }) => at(network, "ip"),
  ],
  [
    "asn",
    "number",
    "Number of the autonomous system.",
    "`data.session.network.asn.code`",
    ({ network }) => at(at(network, "asn"), "code"),
  ],
  [
    "isp",
    "string",
    "Operator of the autonomous system, such as the visitor's provider or employer.",
    "`data.session.network.asn.name`",
    ({ network }) => at(at(network, "asn"), "name"),
  ],
  [
    "corporateProxy",
    "boolean",
    "Whether the visitor came through a corporate proxy.",
    "`data.session.network.botManagement.corporateProxy`",
    ({ bot }) => at(bot, "corporateProxy"),
  ],
]);
