export { createReceiver, type Receiver, type ReceiverOptions } from "./create-receiver.js";
export type { SignInLink } from "./sign-in-link.js";
