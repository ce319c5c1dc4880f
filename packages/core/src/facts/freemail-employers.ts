/** Freemail domains by which their owners are known as companies. */
export const freemailEmployers: ReadonlySet<string> = new Set(
  "alibaba.com cox.com facebook.com rogers.com shaw.ca sky.com telstra.com zoho.com".split(" "),
);
