/** Maximum duration of a step, in milliseconds: an event that arrives meanwhile is written behind it. */
const longest = 400;
const [fewest, first] = [200, 500];

/** Number of events of a step of a rebuild while no other connection writes. More at a time take less work each. */
export class StepSize {
  events = first;

  /** Adapts the size to the duration of the last step, in milliseconds; it doubles at most. */
  measure(events: number, ms: number): void {
    if (events === 0) return;
    const fitting = Math.floor((events * longest) / Math.max(ms, 1));
    this.events = Math.max(fewest, Math.min(fitting, this.events * 2));
  }
}
