/** Scrolls the navigation of a narrow screen to the link of this page. */
export const navigationScript = /* js */ `"use strict";
(() => {
  const nav = document.querySelector(".site-nav");
  const current = nav?.querySelector("[aria-current]");
  if (current) nav.scrollLeft = current.offsetLeft - nav.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
})();
`;
