/** Styles of HTML elements on every page. */
export const base = /* css */ `
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 var(--font); }
h1, h2, p, ul, ol, dl, dd, pre { margin: 0; padding: 0; }
h1 { font-size: 24px; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 16px; line-height: 1.4; font-weight: 650; }
a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
code, pre, .code { font-family: var(--mono); font-size: 0.9em; overflow-wrap: anywhere; }
code .option { white-space: nowrap; }
pre code { font-size: inherit; }
:not(pre) > code { padding: 0.1em 0.35em; border-radius: 4px; background: var(--raised); }
.path { direction: ltr; unicode-bidi: isolate; }
img { display: block; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.note, .footnote { color: var(--muted); }
.hidden-character { padding: 0 0.15em; border-radius: 3px; background: var(--amber-bg); color: var(--amber); font-family: var(--mono); font-size: 0.85em; }
.badge { display: inline-flex; align-items: center; gap: 6px; padding: 1px 9px 1px 8px; border-radius: 99px; font-size: 13px; font-weight: 550; line-height: 20px; white-space: nowrap; }
.badge::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: currentColor; }
.badge-accepted { background: var(--green-bg); color: var(--green); }
.badge-quarantined { background: var(--amber-bg); color: var(--amber); }
.badge-quarantined::before { border-radius: 1px; transform: rotate(45deg); }
.badge-unrecognized { background: var(--slate-bg); color: var(--slate); }
.badge-unrecognized::before { background: none; border: 2px solid currentColor; }
.badge-conflict { background: var(--red-bg); color: var(--red); }
.badge-conflict::before { border-radius: 0; }
@media (forced-colors: active) { .badge { border: 1px solid; } }
`;
