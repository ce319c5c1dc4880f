import { group } from "../definition.js";
import { maxListEntries } from "../limits.js";

export const pageFacts = group("pages", [
  [
    "",
    "string[]",
    `Paths of the visited pages in the order of the first visit, each once: \`/pricing\`, without host, query and fragment. At most ${maxListEntries}.`,
    "`data.session.landingPage`, then `data.session.events[].url`",
    ({ pages }) => pages.paths,
  ],
]);
