export { createInbox, type Inbox, type InboxOptions } from "./inbox.js";
