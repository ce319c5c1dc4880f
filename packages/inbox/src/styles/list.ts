/** Styles of the list: tabs, table, cards on narrow screens. */
export const list = /* css */ `
.tabs { margin-top: 16px; border-bottom: 1px solid var(--line); }
.tabs ul { display: flex; flex-wrap: wrap; gap: 2px 4px; list-style: none; }
.tabs a { display: inline-flex; align-items: center; gap: 7px; padding: 8px 12px; border-bottom: 2px solid transparent; margin-bottom: -1px; color: var(--muted); font-size: 14px; font-weight: 550; text-decoration: none; }
.tabs a:hover { color: var(--text); border-bottom-color: var(--line-strong); }
.tabs a[aria-current] { color: var(--text); border-bottom-color: var(--accent); }
@media (forced-colors: active) { .tabs a[aria-current]:not(:focus-visible) { outline: 2px solid; outline-offset: -2px; } }
.count { padding: 0 7px; border-radius: 99px; background: var(--slate-bg); color: var(--slate); font-size: 12px; line-height: 18px; font-variant-numeric: tabular-nums; }
.events { width: 100%; border-collapse: separate; border-spacing: 0; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); font-size: 14px; }
.events th, .events td { padding: 7px 12px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
.events tbody tr:last-child td { border-bottom: 0; }
.events th { color: var(--muted); font-size: 13px; font-weight: 550; white-space: nowrap; }
.events tbody tr:hover td { background: var(--raised); }
.events .column-event-type { min-width: 12ch; font-weight: 550; overflow-wrap: anywhere; }
.events td.column-message-id { font-family: var(--mono); font-size: 13px; line-height: 21px; overflow-wrap: anywhere; }
.events td.column-message-id a { text-underline-offset: 0.3em; }
.clamp { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; }
.events .column-received { white-space: nowrap; font-variant-numeric: tabular-nums; }
.events .column-size, .events .column-duplicates { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.events .column-size { color: var(--muted); }
.absent { color: var(--muted); font-style: italic; font-weight: 400; }
.ago, .version { color: var(--muted); font-size: 13px; font-weight: 400; }
.version { font-family: var(--font); }
.ago::before { content: "·"; margin-inline: 2px 6px; }
.none { color: var(--muted); }
.narrow-only { display: none; }
.pages { display: flex; gap: 8px; margin-top: 14px; }
.footnote { margin-top: 14px; font-size: 13px; }
@media (min-width: 1260px) {
  .events th, .events td { padding-inline: 8px; }
  .events .column-event-type { min-width: 24ch; }
  .events td.column-message-id { min-width: 34ch; }
}
@media (max-width: 1400px) { .events td.column-received .ago { display: none; } }
@media (max-width: 860px) {
  .events, .events tbody { display: block; }
  .events thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .events tr { position: relative; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 10px; padding: 10px 12px; border-bottom: 1px solid var(--line); }
  .events tbody tr:last-child { border-bottom: 0; }
  .events td { padding: 0; border: 0; }
  .events tbody tr:hover td { background: none; }
  .events td.column-event-type { grid-area: 1 / 1; min-width: 0; }
  .events td.column-status { grid-area: 1 / 2; }
  .events td.column-message-id { grid-area: 2 / 1 / auto / -1; }
  .events td.column-message-id a::after { content: ""; position: absolute; inset: 0; }
  .events td.column-received { grid-area: 3 / 1; color: var(--muted); font-size: 13px; }
  .events td.column-size { grid-area: 3 / 2; font-size: 13px; }
  .events td.column-duplicates { grid-area: 4 / 1 / auto / -1; text-align: left; font-size: 13px; }
  .events td.column-duplicates.none { display: none; }
  .narrow-only { display: inline; }
}
@media (max-width: 520px) {
  .tabs { border-bottom: 0; }
  .tabs ul { gap: 6px; }
  .tabs a, .tabs a:hover { margin: 0; padding: 5px 10px; border: 1px solid var(--line); border-radius: 99px; background: var(--surface); }
  .tabs a[aria-current] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
}
`;
