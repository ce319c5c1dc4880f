/** Labels of one value, by name. */
export type Labels = Readonly<Record<string, string>>;

/** Writes the Prometheus text format 0.0.4. */
export class MetricsText {
  readonly #lines: string[] = [];

  /** Adds a metric with its values. */
  metric(
    name: string,
    kind: "counter" | "gauge" | "histogram",
    help: string,
    values: Iterable<readonly [labels: Labels, value: number, suffix?: string]>,
  ): void {
    this.#lines.push(`# HELP sessionhook_${name} ${help}`, `# TYPE sessionhook_${name} ${kind}`);
    for (const [labels, value, suffix = ""] of values)
      this.#lines.push(`sessionhook_${name}${suffix}${labelText(labels)} ${value}`);
  }

  toString(): string {
    return `${this.#lines.join("\n")}\n`;
  }
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
