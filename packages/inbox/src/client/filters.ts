/**
 * Applies a choice of the filters at once if it is made with a pointer. With the keyboard each cursor key changes a choice, and a new
 * page would come after the first: there the button applies it.
 */
export const filtersScript = /* js */ `"use strict";
(() => {
  let pointer = false;
  const select = (event) => event.target.closest?.(".filters select");
  document.addEventListener("pointerdown", (event) => { if (select(event)) pointer = true; });
  document.addEventListener("keydown", (event) => { if (select(event)) pointer = false; });
  document.addEventListener("change", (event) => { if (pointer) select(event)?.form.requestSubmit(); });
})();
`;
