/** Styles of the frame: header, main column, cards and panels. */
export const layout = /* css */ `
.skip-link { position: absolute; left: 12px; top: -60px; z-index: 1; padding: 8px 14px; background: var(--accent); color: var(--accent-text); border-radius: var(--radius); }
.skip-link:focus { top: 8px; }
.site-header { background: var(--surface); border-bottom: 1px solid var(--line); }
.site-header-inner, main { max-width: 1200px; margin: 0 auto; padding-inline: 24px; }
.site-header-inner { display: flex; align-items: center; justify-content: space-between; min-height: 56px; gap: 16px; }
.site-header form { margin-right: -14px; }
.brand { display: inline-flex; align-items: center; gap: 10px; color: var(--text); font-weight: 650; text-decoration: none; }
.brand:hover { text-decoration: underline; }
.site-nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 auto 0 12px; }
.site-nav a { padding: 6px 2px; color: var(--text); text-decoration: none; border-bottom: 2px solid transparent; }
.site-nav a:hover { text-decoration: underline; }
.site-nav a[aria-current] { border-bottom-color: var(--accent); }
main { padding-block: 28px 48px; }
.card { max-width: 460px; margin: 32px auto 0; padding: 28px; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; display: grid; gap: 16px; }
.panel { margin-top: 20px; padding: 18px 20px 20px; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); }
.panel-head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 10px 16px; margin-bottom: 12px; }
.panel > .note { margin-bottom: 12px; }
.panel > .note:last-child { margin-bottom: 0; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.empty { margin-top: 20px; padding: 32px; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); display: grid; gap: 14px; }
.empty > p, .empty > ol { max-width: 68ch; }
.empty ol { padding-left: 22px; display: grid; gap: 12px; }
.empty pre + .copy { margin-top: 8px; }
.empty pre { margin-top: 6px; padding: 10px 14px; background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius); white-space: pre-wrap; }
@media (max-width: 640px) {
  .site-header-inner { flex-wrap: wrap; gap: 0 16px; padding-top: 8px; }
  .site-nav { order: 1; flex-basis: 100%; margin: 0; }
}
@media (max-width: 760px) {
  .site-header-inner, main { padding-inline: 14px; }
  main { padding-block: 18px 36px; }
  h1 { font-size: 21px; }
  .card { margin-top: 10px; padding: 20px; }
  .panel { padding: 14px; }
  .empty { padding: 20px; }
}
`;
