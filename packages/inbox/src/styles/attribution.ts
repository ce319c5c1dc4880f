/** Styles of the attribution page: range, chart, table with bars. */
export const attribution = /* css */ `
.range { display: flex; flex-wrap: wrap; align-items: center; gap: 10px 16px; margin-top: 16px; }
.segments { display: inline-flex; padding: 3px; border-radius: 8px; background: var(--slate-bg); }
.segments a { padding: 4px 12px; border-radius: 6px; color: var(--muted); font-size: 14px; font-weight: 550; line-height: 22px; text-decoration: none; white-space: nowrap; }
.segments a { color: var(--slate); }
.segments a:hover { color: var(--text); }
.segments a[aria-current] { background: var(--surface); color: var(--text); box-shadow: 0 1px 2px rgb(0 0 0 / 0.14); }
@media (forced-colors: active) { .segments a[aria-current]:not(:focus-visible) { outline: 2px solid; outline-offset: -2px; } }
@media print { .segments a:not([aria-current]) { display: none; } .segments { background: none; } }
.own-range { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 10px; margin-left: auto; }
.own-range label { display: inline-flex; align-items: center; gap: 8px; color: var(--muted); }
.own-range input { font-size: 14px; }
.totals { margin: 0 0 10px; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); max-width: 640px; }
.totals dd { font-size: 26px; font-weight: 650; line-height: 1.25; letter-spacing: -0.01em; }
.day-chart figure { margin: 0; }
.sparkline { display: block; width: 100%; height: 132px; }
.sparkline path { vector-effect: non-scaling-stroke; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; fill: none; }
.sparkline .area { fill: var(--accent); opacity: 0.11; }
.sparkline .line { stroke: var(--accent); }
.sparkline .line-people { stroke: var(--green); stroke-dasharray: 5 4; }
.sparkline .day { fill: var(--text); opacity: 0; }
.sparkline .day:hover { opacity: 0.07; }
.day-chart figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--line); color: var(--muted); font-size: 13px; font-variant-numeric: tabular-nums; }
.legend { display: inline-flex; flex-wrap: wrap; gap: 4px 18px; }
.legend > span::before { content: ""; display: inline-block; width: 18px; margin-right: 8px; vertical-align: middle; border-top: 2px solid var(--accent); }
.legend > .key-people::before { border-top: 2px dashed var(--green); }
.day-chart summary { margin-top: 10px; color: var(--muted); font-size: 13px; cursor: pointer; width: max-content; }
.day-chart + .note { margin-top: 10px; font-size: 13px; }
.day-chart summary:hover { color: var(--text); }
.scrolling { max-height: 300px; margin-top: 8px; overflow: auto; border: 1px solid var(--line); border-radius: 6px; }
.days { width: 100%; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
.days th, .days td { padding: 5px 12px; border-bottom: 1px solid var(--line); text-align: right; font-weight: 400; }
.days th:first-child { text-align: left; }
.days thead th { color: var(--muted); font-weight: 550; }
.panel + .tabs { margin-top: 24px; }
.attribution { width: 100%; margin-top: 14px; border-collapse: separate; border-spacing: 0; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); font-size: 14px; }
.attribution th, .attribution td { padding: 9px 16px; border-bottom: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: middle; }
.attribution thead th { color: var(--muted); font-size: 13px; font-weight: 550; white-space: nowrap; }
.attribution tbody th { width: 34%; overflow-wrap: anywhere; font-weight: 550; }
.attribution tbody th a { color: var(--text); text-decoration-color: var(--line-strong); }
.attribution tbody th a:hover { color: var(--accent); text-decoration-color: currentColor; }
.attribution tbody tr:hover > * { background: var(--raised); }
.attribution tbody tr:focus-within > * { background: var(--raised); }
.attribution tbody tr:focus-within > th { box-shadow: inset 3px 0 0 var(--accent); }
.attribution tfoot > tr > * { border-bottom: 0; font-weight: 600; }
.attribution .number, .attribution thead .number { width: 12%; text-align: right; font-variant-numeric: tabular-nums; }
.attribution td.column-sessions { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.attribution .amount { display: inline-block; min-width: 4.5em; text-align: right; }
.attribution .share { display: inline-block; min-width: 4em; text-align: right; color: var(--muted); font-size: 13px; }
.attribution .bar { display: inline-block; width: calc(100% - 121px); min-width: 40px; height: 8px; margin-right: 6px; border-radius: 4px; vertical-align: middle; }
.attribution .narrow-only { display: none; }
.bar-track { fill: var(--slate-bg); }
.bar-value { fill: var(--accent); }
@media (max-width: 760px) {
  .own-range { margin-left: 0; }
  .attribution thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .attribution, .attribution tbody, .attribution tfoot { display: block; }
  .attribution tr { display: flex; flex-wrap: wrap; gap: 3px 14px; padding: 10px 14px; border-bottom: 1px solid var(--line); }
  .attribution tfoot tr { border-bottom: 0; }
  .attribution th, .attribution td { display: block; padding: 0; border: 0; }
  .attribution tbody th, .attribution tfoot th { width: 100%; }
  .attribution td.column-sessions { display: contents; }
  .attribution .bar { width: 100%; margin: 2px 0 3px; }
  .attribution .amount { min-width: 0; font-size: 13px; }
  .attribution .share { display: none; }
  .attribution .narrow-only { display: inline; }
  .attribution .number { width: auto; color: var(--muted); font-size: 13px; text-align: left; white-space: nowrap; }
  .sparkline { height: 100px; }
}
@media (max-width: 520px) { .legend { order: 1; flex-basis: 100%; } }
@media (max-width: 420px) { .own-range label { flex: 1 1 100%; } .own-range input { flex: 1; } .own-range button { width: 100%; } .totals { grid-template-columns: repeat(3, auto); align-items: end; gap: 8px 14px; } .totals dd { font-size: 20px; } }
`;
