import { getLogger, type Logger } from "@logtape/logtape";

/** Log category of the receiver. Applications configure LogTape; unconfigured, it is silent. */
export const log: Logger = getLogger(["sessionhook", "receiver"]);
