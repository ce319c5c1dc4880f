/** Styles of buttons and fields. Targets are at least 32px high, 40px on touch screens. */
export const forms = /* css */ `
button, .button, input, select { font: inherit; min-height: 36px; border-radius: 6px; }
button, .button { display: inline-flex; align-items: center; justify-content: center; padding: 4px 14px; border: 1px solid var(--line-strong); background: var(--surface); color: var(--text); font-size: 14px; font-weight: 550; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { background: var(--raised); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
button.primary:hover { filter: brightness(1.08); }
button.danger { border-color: var(--red); color: var(--red); }
button.danger:hover { background: var(--red-bg); }
button.small { min-height: 28px; padding: 1px 10px; font-family: var(--font); font-size: 13px; }
button.copy { min-width: 4.5em; }
button, .button { white-space: nowrap; }
button.quiet, .button.quiet { border-color: transparent; background: none; color: var(--muted); }
button.quiet:hover, .button.quiet:hover { background: var(--raised); color: var(--text); }
input, select { min-width: 0; padding: 4px 10px; border: 1px solid var(--line-strong); background: var(--surface); color: var(--text); }
input::placeholder { color: var(--muted); opacity: 1; }
input:placeholder-shown { text-overflow: ellipsis; }
input[aria-invalid] { border-color: var(--red); }
label { font-size: 14px; font-weight: 550; }
.card form { display: grid; gap: 8px; }
.card form button { margin-top: 8px; }
.card .actions button { margin-top: 0; }
.error { padding: 10px 14px; border-radius: 6px; border-left: 4px solid var(--red); background: var(--red-bg); color: var(--red); }
.search { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 10px; margin: 14px 0; }
.search input { flex: 1 1 180px; max-width: 400px; font-family: var(--mono); font-size: 14px; line-height: 24px; }
@media (pointer: coarse) { button, .button, input, select { min-height: 40px; } }
@media (max-width: 760px) { .search label { flex-basis: 100%; } .search input { max-width: none; font-size: 16px; } }
@media (max-width: 520px) { .search input { flex-basis: 100%; } }
`;
