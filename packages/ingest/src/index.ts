export { appendEvents } from "./append-events.js";
export { DescribedError, describeError, type ErrorDescription } from "./describe-error.js";
export { type ReceivedMessage, type EventWriter, type WriteResult, storeWriter } from "./event-writer.js";
export { checkOptionTypes, refuseOption } from "./check-options.js";
export { classify } from "./classify.js";
export { belowBasePath } from "./http/base-path.js";
export { isForwarded, isLocal, isLoopbackName } from "./http/own-host.js";
export { type Client, clientOf } from "./http/client.js";
export { currentSecrets } from "./current-secrets.js";
export { checkContentEncoding } from "./http/content-encoding.js";
export { keyInPath } from "./http/key-in-path.js";
export { type HttpAnswer, toResponse } from "./http/http-answer.js";
export type { BodySink, InboundBody, InboundRequest } from "./http/inbound-request.js";
export { budgetOf, type MemoryBudget } from "./http/memory-budget.js";
export { problemCodeOf, problemOf } from "./http/problem.js";
export { withBody } from "./http/read-body.js";
export { type Fetch, webHost, type WebServer } from "./http/web-host.js";
export { WebRequest } from "./http/web-request.js";
export { checkPost, Intake, type IntakeMetrics } from "./intake.js";
export { loadOnce } from "./load-once.js";
export { log } from "./log.js";
export { LogLimit } from "./log-limit.js";
export { newestEvents, type NewestEvents, type NewestLimits, pathPattern } from "./newest-events.js";
export { ReceiveError } from "./receive-error.js";
export { examine, invalidPayload, newEvent, type Received } from "./receive.js";
export {
  recheck,
  type Rechecked,
  type RecheckEffect,
  type RecheckLimits,
  recheckMany,
  type RecheckSelection,
} from "./recheck.js";
export { rejectionLog } from "./rejection-log.js";
export { UnbatchedWriter } from "./unbatched-writer.js";
export { type Defer, type QueuedWriter, systemDefer, WriteQueue } from "./write-queue.js";
