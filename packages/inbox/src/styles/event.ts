/** Styles of the event page: properties, issues and versions. */
export const event = /* css */ `
.back { margin-bottom: 14px; font-size: 14px; }
.event-head { display: grid; gap: 8px; }
.meaning { color: var(--muted); margin-left: 4px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: 14px 24px; margin-top: 18px; padding: 16px 20px; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); }
.facts .wide { grid-column: 1 / -1; }
.facts dt { color: var(--muted); font-size: 13px; }
.facts dd { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.facts .with-copy { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; min-height: 28px; }
.facts .ago { display: block; }
.facts .ago::before, .versions .ago::before { content: none; }
.panel-issues { border-left: 4px solid var(--amber); }
.panel-versions { border-left: 4px solid var(--red); }
.issues { margin-top: 10px; padding-left: 28px; display: grid; gap: 8px; }
.issues li::marker { color: var(--muted); font-variant-numeric: tabular-nums; }
.issues a, .issues .code { margin-right: 8px; font-weight: 600; }
.versions { list-style: none; margin-top: 12px; display: grid; gap: 8px; }
.versions li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; font-variant-numeric: tabular-nums; }
.versions a[aria-current] { color: var(--text); font-weight: 650; text-decoration: none; }
@media (max-width: 480px) { .panel-head .actions { width: 100%; } .panel-head .actions > * { flex: 1 1 40%; padding-inline: 8px; } }
@media (max-width: 760px) { .issues li > span:last-child { display: block; } .facts { padding: 14px; gap: 12px; } }
`;
