import { getLogger, type Logger } from "@logtape/logtape";

/** Log category of everything the receiver says. Applications configure LogTape; unconfigured, it is silent. */
export const log: Logger = getLogger(["sessionhook", "receiver"]);
