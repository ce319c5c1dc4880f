/** Styles of the pages of one session, person or company: head, cards, timeline, journey. */
export const profile = /* css */ `
.profile-head { display: flex; align-items: center; gap: 18px; overflow-wrap: anywhere; }
.profile-head h1 a { color: inherit; text-decoration: none; }
.profile-head h1 a:hover { text-decoration: underline; }
.profile-line { margin-top: 2px; }
.profile-facts { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 0; margin-top: 4px; color: var(--muted); font-size: 14px; font-variant-numeric: tabular-nums; }
.profile-facts > * + *::before { content: "·"; margin-inline: 8px; color: var(--muted); display: inline-block; }
.profile-facts .ago { font-size: inherit; }
.profile-facts .ago::before { margin-inline: 4px 8px; }
.profile-facts > .tag { margin-left: 10px; }
.profile-facts > .tag::before { content: none; }
.columns { display: grid; gap: 0 20px; margin-top: 4px; }
.columns > * { min-width: 0; }
.details, .timeline, .signals, .journey, .visitors { grid-template-columns: minmax(0, 1fr); }
.card-head { display: flex; align-items: center; gap: 12px; overflow-wrap: anywhere; }
.card-head h2 a { color: inherit; }
.details { margin-top: 14px; display: grid; gap: 9px; font-size: 14px; }
.details > div { display: grid; grid-template-columns: 104px minmax(0, 1fr); gap: 2px 12px; }
.details dt { color: var(--muted); }
.details dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.details dd > span, .details dd { unicode-bidi: isolate; }
.details .with-copy { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; }
.details .ago { display: block; }
.details .ago::before { content: none; }
.timeline { list-style: none; display: grid; }
.timeline > li { position: relative; display: grid; grid-template-columns: 74px minmax(0, 1fr); gap: 0 22px; padding-bottom: 18px; }
.timeline > li:last-child { padding-bottom: 0; }
.timeline > li::before { content: ""; position: absolute; left: 83px; top: 7px; width: 9px; height: 9px; border-radius: 50%; background: var(--accent); z-index: 1; }
.timeline > li:not(:last-child)::after { content: ""; position: absolute; left: 87px; top: 10px; bottom: -10px; border-left: 1px solid var(--line-strong); }
@media (forced-colors: active) { .timeline > li::before { forced-color-adjust: none; } }
.timeline-time, .signal-time { color: var(--muted); font-size: 13px; line-height: 22px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.timeline-time { text-align: right; padding-right: 6px; white-space: normal; }
.timeline-page { display: grid; grid-template-columns: minmax(0, 1fr) 190px; gap: 4px 20px; align-items: start; }
.timeline-what { display: grid; overflow-wrap: anywhere; }
.timeline-title { font-weight: 600; }
.timeline-path { color: var(--muted); font-family: var(--mono); font-size: 13px; }
.timeline-path:first-child { color: var(--text); font-weight: 600; }
.dwell { display: grid; grid-template-columns: 1fr 92px; align-items: center; gap: 10px; line-height: 22px; font-size: 13px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { display: block; width: 100%; height: 6px; border-radius: 3px; overflow: hidden; }
.bar-track { fill: var(--raised); }
.bar-value { fill: var(--accent); }
.signals { grid-column: 1 / -1; list-style: none; display: grid; gap: 4px; }
.signals li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 12px; padding: 3px 10px; border-radius: 6px; background: var(--raised); font-size: 13px; overflow-wrap: anywhere; }
.signals li > * { min-width: 0; }
.signal-kind { font-weight: 550; }
.signal-name { color: var(--muted); }
.signal-time { margin-left: auto; }
.journey { list-style: none; display: grid; gap: 0; }
.journey > li { display: grid; gap: 6px; padding-block: 12px; border-top: 1px solid var(--line); }
.journey > li:first-child { padding-top: 0; border-top: 0; }
.journey > li:last-child { padding-bottom: 0; }
.journey-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 12px; overflow-wrap: anywhere; font-size: 14px; font-variant-numeric: tabular-nums; }
.journey-head > a { font-weight: 600; white-space: nowrap; }
.journey-head > a:last-child { margin-left: auto; font-weight: 400; }
.journey-length { margin-right: 6px; font-size: 13px; white-space: nowrap; }
.journey-pages { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; font-size: 12px; }
.page-chip { max-width: 100%; padding: 1px 8px; border-radius: 6px; background: var(--raised); font-family: var(--mono); line-height: 20px; overflow-wrap: anywhere; }
.page-chip .note { font-family: var(--font); }
.visitors { list-style: none; display: grid; gap: 12px; }
.visitors a { font-weight: 600; }
.visitor-visits { margin-left: auto; }
.visitor-visits { flex: none; font-size: 13px; text-align: right; }
@media (min-width: 1160px) {
  .columns { grid-template-columns: minmax(0, 1fr) 348px; align-items: start; }
  .aside { grid-area: 1 / 2; }
  .central { grid-area: 1 / 1; }
}
@media (min-width: 760px) and (max-width: 1159px) {
  .aside { display: grid; grid-template-columns: 1fr 1fr; gap: 0 20px; align-items: start; }
}
@media (max-width: 640px) {
  .profile-head { align-items: start; gap: 12px; }
  .profile-facts { gap: 2px 12px; }
  .profile-facts > * + *::before { content: none; }
  .profile-facts > .tag { margin-left: 0; }
  .avatar.large { width: 44px; height: 44px; font-size: 16px; }
  .timeline > li { grid-template-columns: minmax(0, 1fr); padding-left: 20px; }
  .timeline > li::before { left: 0; top: 6px; }
  .timeline > li:not(:last-child)::after { left: 4px; }
  .timeline-time { text-align: left; }
  .timeline-page { grid-template-columns: minmax(0, 1fr); }
  .details > div { grid-template-columns: 92px minmax(0, 1fr); }
  .visitors .who { flex-wrap: wrap; }
  .visitor-visits { flex-basis: 100%; padding-left: 46px; text-align: left; }
}
`;
