export { createInbox, type Inbox, type InboxOptions } from "./inbox.js";
export type { SignInFailure } from "./routes/sign-in.js";
export type { ShownSetting, SystemInfo } from "./system-info.js";
