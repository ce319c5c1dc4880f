/**
 * Keyboard shortcuts: j and k move through the links of the rows of a list, / goes to the search field, r reloads, g and a
 * letter open a page, ? shows the help. They do nothing while a user types, with modifier keys, and once switched off
 * (WCAG 2.1.4). Enter needs no code: the link of the row has the focus. The state of the page in the history of the browser has the
 * row that was opened last: after going back, j and k continue from it.
 */
export const keyboardScript = /* js */ `"use strict";
(() => {
  const setting = "sessionhook.shortcuts";
  // Browsers can forbid storage.
  const stored = (change) => {
    try {
      return change(localStorage);
    } catch {
      return null;
    }
  };
  const help = document.getElementById("keyboard-help");
  if (!help) return;
  let enabled = stored((storage) => storage.getItem(setting)) !== "off";

  for (const box of document.querySelectorAll("[data-shortcuts]")) {
    box.checked = enabled;
    box.closest("[hidden]").hidden = false;
    box.addEventListener("change", () => {
      enabled = box.checked;
      stored((storage) => storage.setItem(setting, enabled ? "on" : "off"));
    });
  }
  const showHelp = () => {
    if (help.open) return;
    help.showModal();
    // Browsers scroll to the button that gets the focus.
    help.scrollTop = 0;
  };
  document.querySelector("a[data-help]")?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    showHelp();
  });
  help.addEventListener("click", (event) => {
    if (event.target === help) help.close();
  });

  const linkOf = (row) => row.querySelector("a[data-open]") ?? row.querySelector("a[href]");
  const shown = (element) => element.checkVisibility?.() ?? true;
  const rowsIn = "main tbody tr, main [data-rows] > *";
  const addressOf = (row) => linkOf(row)?.getAttribute("href");
  let last;
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("a[href]")?.closest(rowsIn);
    if (row) history.replaceState({ ...history.state, row: addressOf(row) }, "");
  });
  const move = (step) => {
    const rows = [...document.querySelectorAll(rowsIn)].filter((row) => linkOf(row) && shown(row));
    if (rows.length === 0) return;
    const current = rows.findIndex((row) => row.contains(document.activeElement));
    const opened = history.state?.row;
    const before = last?.isConnected ? last : rows.find((row) => addressOf(row) === opened);
    const from = current >= 0 ? current : rows.indexOf(before);
    last = rows[Math.min(rows.length - 1, Math.max(0, from + (from < 0 ? 1 : step)))];
    linkOf(last).focus({ preventScroll: true });
    last.scrollIntoView({ block: "nearest" });
  };
  const search = () => {
    const field = document.querySelector("main input[type=search]");
    field?.focus();
    field?.select();
  };

  const actions = { j: () => move(1), k: () => move(-1), "/": search, r: () => location.reload(), "?": showHelp };
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (!enabled || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape" && event.target.closest("main input[type=search]")) event.target.blur();
      return;
    }
    const target =
      event.timeStamp - going < 1500 && document.querySelector('a[data-go="' + CSS.escape(event.key) + '"]');
    going = event.key === "g" && !target ? event.timeStamp : -Infinity;
    if (target) target.click();
    else if (Object.hasOwn(actions, event.key)) actions[event.key]();
    else return;
    event.preventDefault();
  });
  going = -Infinity;
})();
`;
