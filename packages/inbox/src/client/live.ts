/**
 * Announces sessions that arrived since the page was loaded. Every few seconds, while the page is visible, it asks for the sessions
 * on the first page of the list. A bar counts the new ones; a click or Enter on it adds them to the list, which does not move
 * what the user reads. An empty list is reloaded. Waits longer after each failure, and stops when the user is signed out.
 */
export const liveScript = /* js */ `"use strict";
(() => {
  const live = document.querySelector("[data-live]");
  const button = document.querySelector(".arrivals-button");
  if (!live) return;
  const [interval, longest] = [Number(live.dataset.interval) || 5000, 60000];
  const list = () => document.querySelector("table.sessions tbody");
  const pathOf = (row) => row.querySelector("a").getAttribute("href");
  const known = () => new Set(Array.from(list()?.rows ?? [], pathOf));
  let pause = interval;
  let timer;

  const show = (paths) => {
    const before = known();
    const count = paths.filter((path) => !before.has(path)).length;
    if (!button) return count > 0 && location.reload();
    button.hidden = count === 0;
    const text = count === 0 ? "" : count + (count >= 50 ? "+" : "") + (count === 1 ? " new session" : " new sessions");
    if (button.textContent !== text) button.textContent = text;
  };
  const ask = async () => {
    const answer = await fetch(live.dataset.live, { headers: { accept: "application/json" }, redirect: "error" });
    if (answer.status === 401) return "signed out";
    if (!answer.ok) throw new Error(String(answer.status));
    show((await answer.json()).sessions);
  };
  const state = (name, text) => {
    live.dataset.state = name;
    live.textContent = text;
  };
  const next = () => {
    clearTimeout(timer);
    if (document.visibilityState !== "hidden") timer = setTimeout(tick, pause);
  };
  const tick = async () => {
    try {
      if ((await ask()) === "signed out") return state("paused", "Signed out");
      pause = interval;
      state("live", "Live");
    } catch {
      pause = Math.min(pause * 2, longest);
      state("paused", "Not connected");
    }
    next();
  };
  /**
   * Adds the rows of the newest first page in its order; rows that are shown already stay where they are. If none of them is
   * shown, further new rows can be on the next page, and the list is loaded again.
   */
  const add = async () => {
    const answer = await fetch(button.href, { redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = list();
    const rows = new Map(Array.from(shown.rows, (row) => [pathOf(row), row]));
    const newest = [...page.querySelectorAll("table.sessions tbody tr")];
    if (page.querySelector('a[rel="next"]') && !newest.some((row) => rows.has(pathOf(row))))
      return location.assign(button.href);
    let first;
    let previous = null;
    for (const found of newest) {
      const same = rows.get(pathOf(found));
      if (!same) {
        const row = document.importNode(found, true);
        row.classList.add("arrived");
        first ??= row;
        shown.insertBefore(row, previous ? previous.nextSibling : shown.firstChild);
        previous = row;
      } else previous = same;
    }
    const [total, fresh] = [document, page].map((one) => one.querySelector(".list-head .note"));
    if (total && fresh) total.textContent = fresh.textContent;
    button.hidden = true;
    button.textContent = "";
    first?.querySelector("a")?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "nearest" });
  };
  button?.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !list()) return;
    event.preventDefault();
    try {
      await add();
    } catch {
      location.assign(button.href);
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return clearTimeout(timer);
    if (live.dataset.state !== "paused" || live.textContent !== "Signed out") tick();
  });
  live.hidden = false;
  next();
})();
`;
