/** Styles of the keyboard help, and of the row that the keyboard is on. */
export const help = /* css */ `
kbd { display: inline-block; min-width: 1.9em; padding: 1px 6px; border: 1px solid var(--line-strong); border-bottom-width: 2px; border-radius: 5px; background: var(--surface); color: var(--text); font-family: var(--mono); font-size: 12px; line-height: 18px; text-align: center; }
kbd + .visually-hidden + kbd { margin-left: 4px; }
dialog.help { width: min(460px, calc(100vw - 28px)); max-height: calc(100vh - 40px); padding: 22px 24px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); color: var(--text); box-shadow: 0 18px 60px rgb(0 0 0 / 0.28); overflow-y: auto; }
dialog.help::backdrop { background: rgb(8 12 20 / 0.45); }
dialog.help h2 { font-size: 18px; }
dialog.help form { position: sticky; bottom: -22px; margin: 6px 0 -22px; padding: 12px 0 22px; background: var(--surface); }
.help h3, section.help h2 { margin: 18px 0 0; font-size: 14px; font-weight: 600; color: var(--muted); }
.shortcuts { display: grid; margin-top: 8px; }
.shortcuts > div { display: flex; align-items: baseline; justify-content: space-between; gap: 16px; padding-block: 7px; border-bottom: 1px solid var(--line); }
.shortcuts > div:last-child { border-bottom: 0; }
.shortcuts dt { order: 1; flex: none; white-space: nowrap; }
.help .choice { margin-top: 16px; }
section.help { max-width: 520px; }
.choice { display: flex; align-items: baseline; gap: 10px; font-weight: 400; }
.choice input { min-height: 0; flex: none; width: 16px; height: 16px; margin: 0; accent-color: var(--accent); position: relative; top: 2px; }
.header-end { display: flex; align-items: center; gap: 4px; }
.help-link { display: inline-flex; align-items: center; gap: 8px; padding: 5px 10px; border-radius: 6px; color: var(--muted); font-size: 14px; font-weight: 550; text-decoration: none; }
.help-link:hover { background: var(--raised); color: var(--text); }
main tbody tr:focus-within > td, main [data-rows] > :focus-within { background: var(--raised); }
main tbody tr:focus-within > td:first-child { box-shadow: inset 3px 0 0 var(--accent); }
@media (min-width: 1000px) { .signed-in .header-end { flex-direction: column; align-items: stretch; margin-top: auto; gap: 2px; } .header-end button { width: 100%; justify-content: start; } }
@media (max-width: 999px) { .header-end { margin-right: -10px; } .header-end .help-link { padding-inline: 6px; } .header-end button { padding-inline: 10px; } .help-link span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } }
@media (hover: none) and (pointer: coarse) { .help-link { display: none; } }
@media (max-width: 860px) { main tbody tr:focus-within { background: var(--raised); } }
`;
