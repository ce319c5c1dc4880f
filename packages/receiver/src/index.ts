export { createReceiver, type Receiver, type ReceiverOptions, type SignInLink } from "./create-receiver.js";
