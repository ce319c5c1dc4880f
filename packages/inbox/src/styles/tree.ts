/** Styles of the collapsible payload tree and of bodies that are not JSON. */
export const tree = /* css */ `
.tree, .tree ul { list-style: none; }
.tree { font-family: var(--mono); font-size: 13px; line-height: 1.5; }
.tree ul { margin-left: 6px; padding-left: 15px; border-left: 1px solid var(--line); }
/* Deep levels have smaller indents, so that the values fit on a narrow screen. */
.tree ul ul ul ul ul ul { margin-left: 1px; padding-left: 5px; }
.tree ul ul ul ul ul ul ul ul ul ul ul ul { margin-left: 0; padding-left: 1px; border-left-color: transparent; }
.tree li { overflow-wrap: anywhere; scroll-margin-top: 20px; }
.tree .leaf { padding: 2px 4px 2px 20px; }
.tree summary { padding: 2px 4px 2px 20px; min-height: 24px; position: relative; border-radius: 4px; cursor: pointer; list-style: none; }
.tree summary::-webkit-details-marker { display: none; }
.tree summary::before { content: ""; position: absolute; left: 4px; top: 7px; border: 5px solid transparent; border-left: 7px solid var(--muted); border-right: 0; }
.tree details[open] > summary::before { transform: rotate(90deg); }
.tree summary:hover { background: var(--raised); }
.tree .key { font-weight: 600; margin-right: 8px; }
.tree .key-root { color: var(--muted); font-weight: 400; }
.tree .colon { color: var(--muted); font-weight: 400; }
.tree .size, .tree .hint, .tree .left-out { color: var(--muted); }
.tree .hint { display: inline-block; margin-left: 12px; font-family: var(--font); }
.tree .hint::before { content: "= "; }
.tree .left-out { font-family: var(--font); font-style: italic; }
.tree li.left-out { padding: 2px 4px 2px 20px; }
.value { unicode-bidi: isolate; white-space: pre-wrap; }
.value-string { color: var(--string); }
.value-number { color: var(--number); }
.value-boolean { color: var(--word); }
.value-null { color: var(--muted); font-style: italic; }
.value + .left-out { margin-left: 8px; }
.tree .long { display: inline-block; vertical-align: top; max-width: 100%; }
.tree .long > summary { padding-left: 18px; }
.tree .long > summary::before { left: 2px; }
.tree .long[open] > summary .value { display: none; }
.tree .long > p { padding: 4px 4px 4px 18px; }
.tree .long > .left-out { padding-left: 18px; }
.tree .long .size { margin-left: 8px; }
.tree .long[open] > summary .size { margin-left: 0; }
.issue-mark { margin-left: 10px; padding: 0 7px; border-radius: 4px; background: var(--amber-bg); color: var(--amber); font-family: var(--font); font-size: 12px; font-weight: 550; }
.tree li:target > .leaf, .tree li:target > details > summary { background: var(--amber-bg); }
.body { padding: 12px 14px; max-width: 100%; background: var(--raised); border-radius: 6px; font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 760px) { .tree .leaf, .tree summary { padding-block: 3px; } .body { font-size: 12px; padding: 10px; } }
@media (pointer: coarse) { .tree summary { padding-block: 6px; } .tree summary::before { top: 11px; } }
`;
