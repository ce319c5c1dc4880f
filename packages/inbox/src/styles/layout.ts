/**
 * Styles of the frame: header, main column, cards and panels. On a narrow screen the ends of the navigation fade where it continues;
 * its padding is as wide as the fade.
 */
export const layout = /* css */ `
.skip-link { position: absolute; left: 12px; top: -60px; z-index: 1; padding: 8px 14px; background: var(--accent); color: var(--accent-text); border-radius: var(--radius); }
.skip-link:focus { top: 8px; }
.site-header { display: flex; align-items: center; gap: 8px 16px; min-height: 56px; padding: 8px 24px; background: var(--surface); border-bottom: 1px solid var(--line); }
.brand { display: inline-flex; align-items: center; gap: 10px; color: var(--text); font-weight: 650; text-decoration: none; }
.brand:hover { text-decoration: underline; }
.icon { flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.site-nav { display: flex; gap: 2px; }
.site-nav a { display: flex; align-items: center; gap: 10px; padding: 5px 10px; border-radius: 6px; color: var(--muted); font-size: 14px; font-weight: 550; text-decoration: none; white-space: nowrap; }
.site-nav a:hover { background: var(--raised); color: var(--text); }
.site-nav a[aria-current] { background: var(--chosen); color: var(--text); }
.site-nav a[aria-current] .icon { color: var(--accent); }
@media (forced-colors: active) { .site-nav a[aria-current]:not(:focus-visible) { outline: 1px solid; outline-offset: -1px; } }
main { max-width: 1280px; margin: 0 auto; padding-inline: 32px; }
main { padding-block: 28px 48px; }
.card { max-width: 460px; margin: 32px auto 0; padding: 28px; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; display: grid; gap: 16px; }
.panel { margin-top: 20px; padding: 18px 20px 20px; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); }
.panel-head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 10px 16px; margin-bottom: 12px; }
.panel > .note { margin-bottom: 12px; }
.panel > .note:last-child { margin-bottom: 0; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.empty { margin-top: 20px; padding: 32px; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); display: grid; gap: 14px; }
.empty > p, .empty > ol { max-width: 68ch; overflow-wrap: anywhere; }
.empty ol { padding-left: 22px; display: grid; gap: 12px; }
.empty pre + .copy { margin-top: 8px; }
.empty pre { margin-top: 6px; padding: 10px 14px; background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius); white-space: pre-wrap; }
@media (min-width: 1000px) {
  .signed-in { display: grid; grid-template-columns: 212px minmax(0, 1fr); min-height: 100vh; background: linear-gradient(to right, var(--surface) 211px, var(--line) 211px 212px, var(--page) 212px); }
  .signed-in .site-header { position: sticky; top: 0; height: 100vh; flex-direction: column; align-items: stretch; padding: 18px 12px 12px; border: 0; margin-right: 1px; overflow-y: auto; }
  .signed-in .brand { padding: 0 10px 10px; }
  .signed-in .site-nav { flex-direction: column; }
  .signed-in .sign-out { margin-top: auto; }
  .signed-in .sign-out button { padding-inline: 10px; }
  .signed-in main { width: 100%; }
}
@media (max-width: 999px) {
  .signed-in .site-header { flex-wrap: wrap; justify-content: space-between; padding-bottom: 0; }
  .signed-in .site-nav { order: 1; flex: 1 0 100%; margin-inline: -24px; padding: 4px 40px 8px 16px; overflow-x: auto; scrollbar-width: none; mask-image: linear-gradient(to right, transparent, #000 16px calc(100% - 40px), transparent); }
  .signed-in .site-nav:focus-within { mask-image: none; }
  .site-nav .icon { display: none; }
}
@media (max-width: 760px) {
  .site-header, main { padding-inline: 14px; }
  .signed-in .site-nav { margin-inline: -14px; padding-left: 6px; }
  main { padding-block: 18px 36px; }
  h1 { font-size: 21px; }
  .card { margin-top: 10px; padding: 20px; }
  .panel { padding: 14px; }
  .empty { padding: 20px; }
}
@media print {
  .site-nav, .header-end, .filters, .search, .tabs, .pages, .export-links, .live, .arrivals-button, .back, .actions, .copy, main button { display: none !important; }
  .signed-in { display: block; background: none; }
  .signed-in .site-header { position: static; height: auto; margin: 0; padding: 0 0 8px; border: 0; }
  main { max-width: none; padding: 0; }
  .panel, tr, .journey > li, .timeline > li { break-inside: avoid; }
}
`;
