import { clientScript } from "./client/script.js";
import { attribution } from "./styles/attribution.js";
import { base } from "./styles/base.js";
import { deliveries } from "./styles/deliveries.js";
import { event } from "./styles/event.js";
import { forms } from "./styles/forms.js";
import { help } from "./styles/help.js";
import { layout } from "./styles/layout.js";
import { list } from "./styles/list.js";
import { quarantine } from "./styles/quarantine.js";
import { status } from "./styles/status.js";
import { profile } from "./styles/profile.js";
import { tokens } from "./styles/tokens.js";
import { tree } from "./styles/tree.js";
import { visits } from "./styles/visits.js";

/** The stylesheet of every page: colours first, then from general to particular. */
export const stylesheet = compact([tokens, base, layout, forms, list, visits, help]);

/** The stylesheet of all other pages than the lists that open first: they load less. */
export const detailStylesheet = compact([event, deliveries, tree, profile, attribution, quarantine, status]);

/** The icon of the product, a fishing hook, which is visible on light and dark backgrounds. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">
<rect width="32" height="32" rx="8" fill="#3156d3"/>
<path d="M20.5 6.5v11.2a5.2 5.2 0 0 1-10.4 0v-2.2" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>
<path d="M7.2 17.4l2.9-3.4 2.9 3.4" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>
<circle cx="20.5" cy="7" r="2.6" fill="#fff"/>
</svg>
`;

export const stylesheetPath = `/assets/inbox.${fingerprint(stylesheet)}.css`;
export const detailStylesheetPath = `/assets/inbox-detail.${fingerprint(detailStylesheet)}.css`;
export const scriptPath = `/assets/inbox.${fingerprint(clientScript)}.js`;
export const iconPath = `/assets/inbox.${fingerprint(icon)}.svg`;

/** Returns the FNV-1a hash (32 bits) of a text, for file names in caches. Not for secrets. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Joins styles without comments, indents and other spaces that have no meaning. */
function compact(styles: readonly string[]): string {
  return styles
    .join("\n")
    .replaceAll(/\/\*.*?\*\//gs, "")
    .replaceAll(/\s*([{};,])\s*/g, "$1")
    .replaceAll(/: /g, ":")
    .replaceAll(";}", "}")
    .trim();
}
