/** Styles of deliveries, destinations and replays. */
export const deliveries = /* css */ `
.badge-delivered, .badge-ready, .badge-done { background: var(--green-bg); color: var(--green); }
.badge-waiting, .badge-delivering, .badge-running { background: var(--blue-bg); color: var(--blue); }
.badge-waiting::before { background: none; border: 2px solid currentColor; }
.badge-skipped, .badge-orphaned, .badge-cancelled { background: var(--slate-bg); color: var(--slate); }
.badge-skipped::before, .badge-orphaned::before, .badge-cancelled::before { background: none; border: 2px solid currentColor; }
.badge-paused, .badge-cooling { background: var(--amber-bg); color: var(--amber); }
.badge-paused::before, .badge-cooling::before { border-radius: 1px; transform: rotate(45deg); }
.badge-dead, .badge-blocked { background: var(--red-bg); color: var(--red); }
.badge-dead::before, .badge-blocked::before { border-radius: 0; }
.head-with-actions { display: flex; flex-wrap: wrap; align-items: start; justify-content: space-between; gap: 14px 24px; }
.head-with-actions .event-head { flex: 1 1 320px; }
.deliveries .column-destination { min-width: 12ch; font-weight: 550; overflow-wrap: anywhere; }
.deliveries td.column-event { overflow-wrap: anywhere; }
.deliveries td.column-event a { font-family: var(--mono); font-size: 13px; line-height: 21px; text-underline-offset: 0.3em; }
.deliveries .event-type { display: block; color: var(--muted); font-size: 13px; }
.deliveries .column-created { white-space: nowrap; font-variant-numeric: tabular-nums; }
.deliveries td.column-created .ago { display: block; }
.deliveries td.column-created .ago::before { content: none; }
.deliveries .column-attempts { text-align: right; font-variant-numeric: tabular-nums; }
.deliveries td.column-reason { min-width: 14ch; overflow-wrap: anywhere; }
.search select { flex: 1 1 140px; max-width: 260px; }
.search .scope { display: inline-flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; overflow-wrap: anywhere; }
.destination-head { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; }
.destination-head h2 { font-size: 18px; overflow-wrap: anywhere; }
.destination-head .target { flex-basis: 100%; color: var(--muted); font-size: 14px; overflow-wrap: anywhere; }
.destination:target { border-color: var(--accent); }
.words { margin-block: 12px; max-width: 78ch; overflow-wrap: anywhere; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(112px, 1fr)); gap: 12px 20px; margin-block: 14px 18px; }
.numbers:last-child { margin-bottom: 0; }
.numbers dt { color: var(--muted); font-size: 13px; }
.numbers dd { font-size: 17px; font-weight: 550; font-variant-numeric: tabular-nums; }
.numbers .alarming a, .numbers .alarming dd { color: var(--red); }
.numbers .parts { display: flex; flex-wrap: wrap; gap: 0 10px; font-size: 13px; font-weight: 400; }
.attempts { list-style: none; margin-top: 12px; display: grid; gap: 14px; }
.attempts > li { padding-left: 14px; border-left: 3px solid var(--red); display: grid; gap: 6px; overflow-wrap: anywhere; }
.attempts > li.good { border-left-color: var(--green); }
.attempt-head { display: flex; flex-wrap: wrap; gap: 2px 14px; }
.event-deliveries, .samples, .replays { list-style: none; margin-top: 12px; display: grid; gap: 10px; }
.event-deliveries li { display: grid; grid-template-columns: 116px minmax(0, 1fr); align-items: baseline; gap: 2px 12px; overflow-wrap: anywhere; }
.event-deliveries .what { display: flex; flex-wrap: wrap; gap: 2px 12px; }
.samples li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px; overflow-wrap: anywhere; }
.samples + .note { margin-top: 10px; }
@media (min-width: 1061px) { .deliveries td.column-event { min-width: 268px; } .deliveries .column-destination { width: 20%; } }
@media (max-width: 760px) { .actions .button.quiet { border-color: var(--line-strong); } }
@media (max-width: 860px) {
  .deliveries td.column-destination { grid-area: 1 / 1; min-width: 0; }
  .deliveries td.column-state { grid-area: 1 / 2; }
  .deliveries td.column-event { grid-area: 2 / 1 / auto / -1; }
  .deliveries td.column-event a::after { content: ""; position: absolute; inset: 0; }
  .deliveries td.column-created { grid-area: 4 / 1; color: var(--muted); font-size: 13px; }
  .deliveries td.column-created .ago { display: none; }
  .deliveries td.column-attempts { grid-area: 4 / 2; color: var(--muted); font-size: 13px; }
  .deliveries td.column-reason { grid-area: 3 / 1 / auto / -1; min-width: 0; font-size: 13px; }
  .deliveries td.column-reason.none, .deliveries td.column-attempts.none { display: none; }
}
`;
