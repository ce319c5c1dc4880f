/**
 * Line breaks, controls, and characters that are invisible or change the direction of what follows. The joiners U+200C and
 * U+200D are not among them: names in Persian and Hindi have them.
 */
export const invisible =
  /[\p{Cc}\p{Zl}\p{Zp}\s\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu;
