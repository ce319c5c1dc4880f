/**
 * Shows times in the time zone of the browser: every `<time datetime>` whose text is a time in UTC, also in parts of the page
 * that arrive later. The title has the time in UTC. Without the script, times are in UTC and labelled so.
 */
export const localTimeScript = /* js */ `"use strict";
(() => {
  const utc = /^(\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d(:\\d\\d)?( UTC)?$/;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const two = (number) => String(number).padStart(2, "0");
  const zoneOf = (date) => {
    const minutes = -date.getTimezoneOffset();
    if (minutes === 0) return "UTC";
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    return "UTC" + (minutes < 0 ? "−" : "+") + hours + (rest === 0 ? "" : ":" + two(rest));
  };
  const upgrade = (time) => {
    const before = time.textContent;
    const date = new Date(time.dateTime);
    const [, day, seconds, zone] = utc.exec(before) ?? [];
    if (!utc.test(before) || Number.isNaN(date.getTime()) || time.dataset.local !== undefined) return;
    time.dataset.local = "";
    if (date.getTimezoneOffset() === 0) return;
    let text = two(date.getHours()) + ":" + two(date.getMinutes());
    if (seconds !== undefined) text += ":" + two(date.getSeconds());
    if (day !== undefined)
      text = date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate()) + " " + text;
    time.textContent = zone === undefined ? text : text + " " + zoneOf(date);
    time.title = time.dateTime.slice(0, 19).replace("T", " ") + " UTC";
  };
  const upgradeIn = (part) => {
    for (const time of part.querySelectorAll("time[datetime]")) upgrade(time);
  };
  upgradeIn(document);
  for (const note of document.querySelectorAll("[data-zone]"))
    if (timeZone && timeZone !== "UTC") note.textContent = "in your time zone, " + timeZone;
  const main = document.getElementById("main");
  if (main)
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (node.nodeType === Node.ELEMENT_NODE) upgradeIn(node.parentNode ?? node);
    }).observe(main, { childList: true, subtree: true });
})();
`;
