/** Styles of the quarantine page and of rechecks. */
export const quarantine = /* css */ `
.quarantine-total { margin-top: 16px; color: var(--muted); }
.quarantine-total strong { color: var(--text); }
.issue-groups { list-style: none; display: grid; gap: 14px; margin-top: 16px; }
.issue-group.panel { margin-top: 0; border-left: 4px solid var(--amber); display: grid; gap: 10px; }
.issue-group-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 4px 24px; }
.issue-group h3.visually-hidden { margin: 0; }
.issue-group-head h2 { flex: 1 1 300px; overflow-wrap: anywhere; }
.issue-group-head h2 .code { font-size: 15px; }
.issue-group-count { display: flex; align-items: center; gap: 12px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.issue-group-count .bar { width: 120px; margin: 0; }
.issue-group-count .bar-value { fill: var(--amber); }
.issue-messages { list-style: none; display: flex; flex-wrap: wrap; gap: 6px 8px; }
.issue-messages li { padding: 2px 10px; border-radius: 6px; background: var(--amber-bg); color: var(--amber); font-size: 14px; overflow-wrap: anywhere; }
.issue-messages .note { color: inherit; font-variant-numeric: tabular-nums; opacity: 0.85; }
.issue-examples { list-style: none; display: grid; gap: 2px; }
.issue-examples li { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 12px; padding: 3px 8px; margin-inline: -8px; border-radius: 6px; min-height: 34px; overflow-wrap: anywhere; }
.issue-examples .code { font-size: 13px; }
.issue-examples .note { display: inline-flex; flex-wrap: wrap; gap: 0 14px; font-size: 13px; font-variant-numeric: tabular-nums; }
.recheck-notice { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 10px 20px; margin-top: 18px; padding: 12px 16px; border-radius: var(--radius); background: var(--green-bg); color: var(--green); }
.recheck-notice p { flex: 1 1 300px; }
.send-again { margin-top: 16px; padding-top: 12px; border-top: 1px solid var(--line); }
.send-again > summary { width: max-content; color: var(--accent); font-size: 14px; font-weight: 550; cursor: pointer; }
.send-again form { display: grid; gap: 12px; justify-items: start; margin-top: 12px; }
.send-again fieldset { display: grid; gap: 8px; min-width: 0; margin: 0; padding: 0; border: 0; }
.send-again legend { margin-bottom: 6px; padding: 0; color: var(--muted); font-size: 13px; }
.send-again .choice { overflow-wrap: anywhere; }
.numbers .pleasing dd { color: var(--green); }
.recheck-numbers { max-width: 520px; }
.panel h3 { margin: 22px 0 0; font-size: 14px; font-weight: 600; color: var(--muted); }
.panel .samples + .actions, .panel .words + .actions { margin-top: 16px; }
`;
