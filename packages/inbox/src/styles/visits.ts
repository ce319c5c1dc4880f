/** Colours of avatars: light background and text, dark background and text. Contrast at least 4.5:1. */
const avatarColours = [
  ["#dfe7ff", "#2a439b", "#25335f", "#b9c9ff"],
  ["#ffe3da", "#8d3216", "#552717", "#ffbfa6"],
  ["#dcf3e3", "#1b5e36", "#1a4029", "#a3e0b8"],
  ["#f3e1f7", "#71278a", "#462153", "#e5b5f4"],
  ["#fdeccb", "#714700", "#493411", "#f3cf8e"],
  ["#d8f1f4", "#0d5a66", "#123f47", "#94dbe6"],
  ["#fbdfe9", "#91204f", "#511c35", "#ffb3cf"],
  ["#e6e7ec", "#454d5e", "#343b48", "#c9d0dc"],
] as const;

const hues = [
  ...avatarColours.map(([back, text], n) => `.a${n} { background: ${back}; color: ${text}; }`),
  "@media (prefers-color-scheme: dark) {",
  ...avatarColours.map(([, , back, text], n) => `  .a${n} { background: ${back}; color: ${text}; }`),
  "}",
].join("\n");

/** Styles of sessions, people and companies: filters, tables, arrivals. */
export const visits = /* css */ `
.avatar { flex: none; display: inline-flex; align-items: center; justify-content: center; width: 34px; height: 34px; border-radius: 50%; font-size: 12.5px; font-weight: 650; line-height: 1; user-select: none; }
.avatar.square { border-radius: 8px; }
.avatar.plain { background: var(--raised); color: var(--muted); box-shadow: inset 0 0 0 1px var(--line); }
.avatar.person::before { content: ""; width: 50%; height: 50%; background: radial-gradient(circle at 50% 26%, currentColor 24%, transparent 26%), radial-gradient(ellipse 50% 42% at 50% 100%, currentColor 97%, transparent); }
.avatar.large { width: 56px; height: 56px; font-size: 20px; }
.avatar.square.large { border-radius: 12px; }
.avatar.large .icon { width: 26px; height: 26px; }
${hues}
.list-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 14px; }
.live { display: inline-flex; align-items: center; gap: 7px; margin-left: auto; color: var(--muted); font-size: 13px; }
.live::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--green); }
.live[data-state="paused"]::before { background: none; border: 2px solid currentColor; }
.export-links { display: inline-flex; gap: 10px; margin-left: auto; color: var(--muted); font-size: 13px; }
.export-links a { margin: -6px -4px; padding: 6px 4px; color: var(--muted); }
.export-links a:hover { color: var(--text); }
.export-links + .live { margin-left: 6px; }
.notice { margin-top: 14px; padding: 10px 14px; border-radius: var(--radius); border: 1px solid var(--line); border-left: 4px solid var(--amber); background: var(--surface); }
.filters { margin: 16px 0 14px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 10px; }
.filter-search { display: flex; gap: 8px; }
.filter-search input { flex: 1 1 0; min-width: 0; }
.filter-choices { display: flex; flex-wrap: wrap; gap: 6px; }
.filter-choices select { max-width: 142px; min-height: 32px; padding: 2px 22px 2px 11px; appearance: none; border-radius: 99px; background: linear-gradient(45deg, transparent 50%, currentColor 50%) calc(100% - 13px) 55% / 5px 5px no-repeat, linear-gradient(-45deg, transparent 50%, currentColor 50%) calc(100% - 8px) 55% / 5px 5px no-repeat, var(--surface); font-size: 13px; font-weight: 550; color: var(--muted); text-overflow: ellipsis; }
.filter-choices select.chosen { border-color: var(--accent); background-color: var(--chosen); color: var(--text); }
.filter-days { display: inline-flex; align-items: center; min-height: 32px; border: 1px solid var(--line-strong); border-radius: 99px; padding-inline: 12px 5px; background: var(--surface); color: var(--muted); }
.filter-days.chosen { border-color: var(--accent); background: var(--chosen); color: var(--text); }
.filter-days label { display: inline-flex; align-items: center; font-size: 13px; white-space: nowrap; }
.filter-days input { min-height: 28px; padding: 0 6px; border: 0; background: none; color: inherit; font-size: 13px; }
.filter-scopes { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; font-size: 13px; }
.scope-chip { display: inline-flex; align-items: center; gap: 8px; max-width: 100%; padding: 3px 12px; border-radius: 99px; background: var(--chosen); color: var(--text); text-decoration: none; overflow-wrap: anywhere; }
.arrivals-button { display: flex; justify-content: center; margin-bottom: 10px; padding: 7px 14px; border-radius: var(--radius); background: var(--accent); color: var(--accent-text); font-size: 14px; font-weight: 600; text-decoration: none; }
.arrivals-button:hover { filter: brightness(1.08); }
.visits { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); font-size: 14px; font-variant-numeric: tabular-nums; }
.visits th, .visits td { padding: 9px 14px; text-align: left; border-bottom: 1px solid var(--line); }
.visits th { padding-block: 7px; color: var(--muted); font-size: 13px; font-weight: 550; white-space: nowrap; }
.visits tbody tr:last-child td { border-bottom: 0; }
.visits tbody tr { position: relative; }
.visits tbody tr:hover td { background: var(--raised); }
.visits tr.arrived td { background: var(--chosen); }
.visits bdi, .who bdi { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.visits .parts { white-space: normal; }
.parts span { white-space: nowrap; }
.sub, .visits time { color: var(--muted); font-size: 13px; font-weight: 400; }
.sub.code { direction: ltr; font-size: 12px; line-height: 20px; }
.first { display: flex; min-width: 0; gap: 8px; align-items: baseline; }
.first bdi:first-child { flex: none; max-width: calc(100% - 3ch - 6px); }
.first .sub { flex: 0 1 auto; min-width: 3ch; }
.who { display: flex; align-items: center; gap: 12px; }
.who > span:not(.avatar) { min-width: 0; }
.row-link { color: var(--text); font-weight: 600; text-decoration: none; }
.row-link::after { content: ""; position: absolute; inset: 0; }
.visits tr:hover .row-link bdi:first-child { text-decoration: underline; }
.row-link.unnamed { color: var(--muted); font-weight: 550; }
.tag { padding: 0 8px; border-radius: 99px; background: var(--slate-bg); color: var(--slate); font-size: 12px; font-weight: 550; line-height: 20px; white-space: nowrap; }
.selected-by { margin-bottom: 10px; font-size: 13px; }
.counted { margin-top: 10px; font-size: 13px; }
.searched-back { margin-top: 14px; }
@media (min-width: 861px) {
  .visits th:first-child { width: 30%; }
  .visits th:nth-child(2) { width: 21%; }
  .visits th:nth-child(4) { width: 14%; }
  .visits th:nth-child(5) { width: 15%; }
  .sessions th:first-child { width: 28%; }
  .sessions th:nth-child(n + 4) { width: 16%; }
  .people th:nth-child(3) { width: 12%; }
  .companies th:first-child { width: 28%; }
  .companies th:nth-child(3) { width: 18%; }
  .people th:nth-child(4), .companies th:nth-child(4) { width: 19%; }
}
@media (min-width: 861px) and (max-width: 1140px) {
  .visits th, .visits td { padding-inline: 10px; }
  .visits th:nth-child(5) { width: 16%; }
  .companies th:first-child { width: 30%; }
  .companies th:nth-child(2) { width: 18%; }
  .companies th:nth-child(3) { width: 19%; }
  .companies th:nth-child(4) { width: 17%; }
  .sessions td:nth-child(2) bdi:first-child, .sessions td:nth-child(4) bdi { white-space: normal; }
}
@media (max-width: 860px) {
  .visits, .visits tbody { display: block; }
  .visits thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .visits tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 3px 12px; padding: 11px 12px; border-bottom: 1px solid var(--line); }
  .visits tbody tr:last-child { border-bottom: 0; }
  .visits td { padding: 0; border: 0; }
  .visits tbody tr:hover td, .visits tr.arrived td { background: none; }
  .visits tr.arrived { background: var(--chosen); }
  .visits td:nth-child(n + 2) { grid-column: 1 / -1; display: flex; gap: 0 10px; padding-left: 46px; min-width: 0; font-size: 13px; }
  .visits td:nth-child(n + 2) > bdi { flex: 0 1 auto; min-width: 0; }
  .visits td:nth-child(n + 2) > bdi:first-child, .visits td:nth-child(n + 2) > .first { flex-shrink: 0; max-width: 70%; }
  .visits td:nth-child(n + 2) > .first:last-child { max-width: none; flex-shrink: 1; }
  .visits td:nth-child(5) { grid-area: 1 / 2; padding: 0; color: var(--muted); white-space: nowrap; }
  .visits td:nth-child(5) bdi:first-child { max-width: none; }
  .visits td:nth-child(5) bdi + bdi, .visits td:nth-child(5) time, .visits td:nth-child(n).none, .sessions td:nth-child(4) { display: none; }
  .who .sub { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; white-space: normal; overflow-wrap: anywhere; }
}
@media (min-width: 521px) and (max-width: 860px) {
  .sessions td:nth-child(2) { grid-column: 1; }
  .sessions td:nth-child(4):not(.none) { grid-area: 2 / 2; display: flex; justify-content: end; padding: 0; color: var(--muted); }
  .sessions td:nth-child(4) bdi:first-child:first-child { max-width: 200px; }
  .sessions td:nth-child(4) bdi + bdi { display: none; }
  .visits td:nth-child(5) time { display: inline; }
}
@media (max-width: 520px) {
  .sessions td:nth-child(4) { display: flex; padding-right: 124px; color: var(--muted); }
  .sessions td:nth-child(4) bdi:first-child:first-child { flex-shrink: 1; max-width: none; }
  .sessions td:nth-child(4) bdi + bdi { display: none; }
  .sessions td:nth-child(4).none { display: flex; visibility: hidden; }
  .visits td:nth-child(5) time { display: inline; position: absolute; right: 12px; bottom: 11px; }
  .filter-choices { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .filter-choices select { max-width: none; }
  .filter-choices select:first-child, .filter-days { grid-column: 1 / -1; }
  .filter-days { flex-wrap: wrap; border-radius: 16px; }
  .filter-days label { flex: 1 1 200px; }
  .filter-days input { flex: 1; }
  .export-links { margin-left: 0; }
  .export-links + .live { margin-left: auto; }
}
@media (forced-colors: active) { .filter-choices select { appearance: auto; padding-right: 8px; } .filter-choices .chosen:not(:focus-visible) { outline: 2px solid; outline-offset: -2px; } .arrivals-button { border: 1px solid; } }
@media (pointer: coarse) { .filter-choices select, .filter-days { min-height: 40px; } .filter-days input { min-height: 38px; } }
`;
