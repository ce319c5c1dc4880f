/**
 * Shows times in the time zone of the browser: every `<time datetime>` that is written in UTC, also in parts of the page that
 * arrive later. Its tooltip has both. Without the script, times are in UTC and labelled so.
 */
export const localTimeScript = /* js */ `"use strict";
(() => {
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const two = (number) => String(number).padStart(2, "0");
  const zoneOf = (date) => {
    const minutes = -date.getTimezoneOffset();
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    const size = minutes === 0 ? "" : hours + (rest === 0 ? "" : ":" + two(rest));
    return "UTC" + (minutes === 0 ? "" : minutes < 0 ? "−" : "+") + size;
  };
  const day = (date) => date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate());
  const minute = (date) => two(date.getHours()) + ":" + two(date.getMinutes());
  const clock = (date) => minute(date) + ":" + two(date.getSeconds());
  const full = (date) => day(date) + " " + clock(date) + " " + zoneOf(date);
  // The year appears exactly where the server wrote one.
  const short = (date, before) =>
    date.getDate() + " " + months[date.getMonth()] + (/ \\d{4},/.test(before) ? " " + date.getFullYear() : "") +
    ", " + minute(date);
  // The times of a timeline have their date where the day is not that of the time above.
  let above;
  const clockOf = (date) => {
    const changed = above && day(above) !== day(date);
    above = date;
    if (!changed) return clock(date);
    const year = date.getFullYear() === new Date().getFullYear() ? "" : " " + date.getFullYear();
    return date.getDate() + " " + months[date.getMonth()] + year + ", " + clock(date);
  };
  const textOf = (date, before, form) => {
    if (form === "short") return short(date, before);
    if (form === "clock" || form === "dated") return clockOf(date);
    return / UTC$/.test(before) ? full(date) : before;
  };
  const upgrade = (time) => {
    const date = new Date(time.dateTime);
    if (time.dataset.local !== undefined || Number.isNaN(date.getTime())) return;
    time.dataset.local = "";
    if (date.getTimezoneOffset() === 0) return;
    time.textContent = textOf(date, time.textContent, time.dataset.form);
    time.title = full(date) + ", " + time.dateTime.slice(0, 19).replace("T", " ") + " UTC";
  };
  const upgradeIn = (part) => {
    for (const time of part.querySelectorAll("time[datetime]")) upgrade(time);
  };
  upgradeIn(document);
  if (timeZone && timeZone !== "UTC")
    for (const note of document.querySelectorAll("[data-zone]")) note.textContent = "in your time zone, " + timeZone;
  const main = document.getElementById("main");
  if (main)
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) {
          if (node.nodeName === "TIME") upgrade(node);
          else if (node.nodeType === Node.ELEMENT_NODE) upgradeIn(node);
        }
    }).observe(main, { childList: true, subtree: true });
})();
`;
