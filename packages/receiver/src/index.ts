export { createReceiver, type Receiver } from "./create-receiver.js";
export type { ReceiverOptions } from "./receiver-options.js";
export type { SignInLink } from "./sign-in-link.js";
