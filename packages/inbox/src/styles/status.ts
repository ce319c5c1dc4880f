/** Styles of the status page. */
export const status = /* css */ `
.overall { padding: 0; overflow: hidden; }
.overall h2 { display: flex; align-items: center; gap: 12px; padding: 16px 20px; font-size: 20px; }
.overall h2::before { content: ""; flex: none; width: 14px; height: 14px; border-radius: 50%; background: currentColor; }
.overall-good h2 { background: var(--green-bg); color: var(--green); }
.overall-attention h2 { background: var(--amber-bg); color: var(--amber); }
.overall-attention h2::before { border-radius: 2px; transform: rotate(45deg); }
.overall-failing h2 { background: var(--red-bg); color: var(--red); }
.overall-failing h2::before { border-radius: 0; }
.findings { list-style: none; padding: 6px 20px 10px; }
.finding { display: grid; grid-template-columns: 12px 150px minmax(0, 1fr); align-items: baseline; gap: 2px 12px; padding-block: 8px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.finding:last-child { border-bottom: 0; }
.finding::before { content: ""; width: 9px; height: 9px; border-radius: 50%; background: var(--green); align-self: center; }
.finding-attention::before { border-radius: 1px; transform: rotate(45deg); background: var(--amber); }
.finding-failing::before { border-radius: 0; background: var(--red); }
.finding strong { font-weight: 600; }
.status-parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 20px; margin-top: 20px; align-items: start; }
.status-parts > div { display: grid; gap: 20px; }
.status-parts .panel { margin-top: 0; }
.since { display: block; color: var(--muted); font-size: 13px; }
.status-parts .numbers { grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); }
.properties { display: grid; }
.properties > div, .settings > div { display: grid; grid-template-columns: minmax(0, 140px) minmax(0, 1fr); gap: 2px 16px; padding-block: 7px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.properties dt { color: var(--muted); }
.properties:not(.numbers + .properties) > div:first-child { border-top: 0; }
.properties dd { font-variant-numeric: tabular-nums; }
.settings { margin-top: 8px; }
.settings > div { grid-template-columns: minmax(0, 340px) minmax(0, 1fr); }
.settings > div:first-child { border-top: 0; }
.status-destinations { list-style: none; display: grid; margin-top: 8px; }
.status-destinations li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; padding-block: 8px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.status-destinations li:first-child { border-top: 0; }
.status-destinations li > a { flex: 1 1 140px; font-weight: 550; }
.rebuild { display: grid; gap: 4px; margin-top: 12px; }
.rebuild progress { width: 100%; height: 10px; accent-color: var(--accent); }
abbr[title] { text-decoration: none; }
@media (forced-colors: active) { .finding::before, .overall h2::before { forced-color-adjust: none; } }
@media (max-width: 640px) { .finding { grid-template-columns: 12px minmax(0, 1fr); } .finding > span { grid-column: 2; } .findings { padding-inline: 14px; } .overall h2 { padding: 14px; font-size: 18px; } .settings > div { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 520px) { .properties > div { grid-template-columns: minmax(0, 1fr); } .properties .ago { display: block; } .properties .ago::before { content: none; } }
`;
