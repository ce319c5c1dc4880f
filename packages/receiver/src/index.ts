export { createReceiver, type Receiver, type ReceiverOptions } from "./create-receiver.js";
