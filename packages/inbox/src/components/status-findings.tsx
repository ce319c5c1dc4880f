import type { Finding } from "../status/findings.js";
import { Link } from "./link.js";
import { formatPlural } from "../format/number.js";

const levels = { good: "Well", attention: "Needs attention", failing: "Failing" } as const;

/** Renders the verdict in one line, and what it is made of. */
export function StatusFindings({ findings }: { readonly findings: readonly Finding[] }) {
  const wrong = findings.filter(({ level }) => level !== "good");
  const worst = wrong.some(({ level }) => level === "failing")
    ? "failing"
    : wrong.length > 0
      ? "attention"
      : "good";
  return (
    <section class={`panel verdict verdict-${worst}`} aria-labelledby="verdict">
      <h2 id="verdict">
        {worst === "good"
          ? "All is well"
          : worst === "failing"
            ? "Something is failing"
            : `${formatPlural(wrong.length, "thing needs", "things need")} attention`}
      </h2>
      <ul class="findings">
        {[...wrong, ...findings.filter(({ level }) => level === "good")].map(
          ({ level, title, text, link }) => (
            <li class={`finding finding-${level}`}>
              <strong>
                <span class="visually-hidden">{levels[level]}: </span>
                {title}
              </strong>
              <span>
                {text} {link !== undefined && level !== "good" && <Link to={link.to}>{link.label}</Link>}
              </span>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
