/**
 * Shows the copy buttons, which do nothing without the script. A button copies the text in
 * `data-copy` (percent-encoded, because it can contain any character) or the answer of the address in `data-copy-from`.
 * Browsers provide the clipboard only on HTTPS and on localhost; elsewhere the buttons remain hidden.
 */
export const copyScript = /* js */ `"use strict";
(() => {
  if (!navigator.clipboard) return;
  const status = document.getElementById("copy-status");
  const text = async (button) => {
    const { copy, copyFrom } = button.dataset;
    if (copyFrom === undefined) return decodeURIComponent(copy);
    const answer = await fetch(copyFrom, { redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.text();
  };
  const write = async (button) => {
    const { clipboard } = navigator;
    if (button.dataset.copyFrom === undefined) return clipboard.writeText(await text(button));
    // Passed as a promise, because Safari no longer permits copying after waiting for the text.
    const blob = text(button).then((value) => new Blob([value], { type: "text/plain" }));
    return clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  };
  for (const button of document.querySelectorAll("button[data-copy], button[data-copy-from]")) {
    const label = button.querySelector("[data-label]");
    const before = label.textContent;
    let timer;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await write(button).then(() => "Copied", () => "Copying failed");
      label.textContent = done;
      status.textContent = done === "Copied" ? button.dataset.copied : done;
      clearTimeout(timer);
      timer = setTimeout(() => {
        label.textContent = before;
        status.textContent = "";
      }, 2500);
    });
  }
})();
`;
