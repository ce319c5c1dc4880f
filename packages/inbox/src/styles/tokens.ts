/** Colours and sizes. Text colours have a contrast of at least 4.5:1 on every surface they are used on. */
export const tokens = /* css */ `
:root {
  color-scheme: light dark;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  --page: #f6f7f9;
  --surface: #ffffff;
  --raised: #f1f3f6;
  --chosen: #e9edf6;
  --line: #dfe3e9;
  --line-strong: #8b94a3;
  --text: #1b2029;
  --muted: #565f6e;
  --accent: #2b4fc9;
  --accent-text: #ffffff;
  --focus: #2b4fc9;
  --green: #14653a; --green-bg: #e1f4e8;
  --amber: #7c4700; --amber-bg: #fdefd3;
  --blue: #2444a8; --blue-bg: #e3eafc;
  --slate: #434d5e; --slate-bg: #e7eaf0;
  --red: #a01d25; --red-bg: #fde7e8;
  --string: #14603c; --number: #20459f; --word: #8a3a06;
  --radius: 8px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1217;
    --surface: #161a21;
    --raised: #1e242d;
    --chosen: #242c3b;
    --line: #2b323d;
    --line-strong: #6d7786;
    --text: #e6e9ee;
    --muted: #a0a9b7;
    --accent: #9db5ff;
    --accent-text: #0e1530;
    --focus: #9db5ff;
    --green: #7fdca6; --green-bg: #15321f;
    --amber: #f5c26b; --amber-bg: #3a2a0e;
    --blue: #a9c0ff; --blue-bg: #1d2a4d;
    --slate: #bac3d1; --slate-bg: #2a313c;
    --red: #ffa3a6; --red-bg: #421a1e;
    --string: #8fd9ae; --number: #a9c0ff; --word: #f2b183;
  }
}
`;
