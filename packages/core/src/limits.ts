/*
 * The limits of a message, an event and a receiver, and the defaults of settings. docs/configuration.md and SECURITY.md
 * give the same values; scripts/limits.test.ts compares them.
 */

/** Defaults of HOST and PORT. */
export const defaultHost = "127.0.0.1";
export const defaultPort = 8787;

/** Maximum number of secrets of one receiver. */
export const maxSecrets = 32;
/** Maximum number of signatures in one header. */
export const maxSignatures = 64;
/** Maximum length of a message id, in characters. */
export const maxIdLength = 256;
/** Default tolerance in seconds: Standard Webhooks 1.0.0 recommends five minutes. */
export const defaultToleranceSeconds = 300;
export const maxToleranceSeconds = 86_400;

/** Maximum number of listed issues of one event; further ones are only counted. */
export const maxIssues = 100;
/** Counting stops at this number: a body of 1 MB can have a million issues, and counting those takes seconds. */
export const maxCountedIssues = 10_000;

/** Default maximum size of a body, in bytes, and the highest value of the setting. */
export const defaultMaxBodyBytes = 1_048_576;
export const highestMaxBodyBytes = 256 * 1024 * 1024;
/** Default time limit for receiving a body, in milliseconds, and the highest value of the setting. */
export const defaultBodyTimeoutMs = 30_000;
export const highestBodyTimeoutMs = 300_000;
/** Default maximum number of events that wait to be stored, and the highest value of the setting. */
export const defaultMaxPending = 4096;
export const highestMaxPending = 1_000_000;

/** Default memory budget of all requests together, in bytes. */
export const defaultMemoryBudgetBytes = 256 * 1024 * 1024;
/**
 * Bytes reserved for a request beside those of its body, from before the first of them arrives. Measured: a
 * connection with a request takes 10 KB in Bun, 20 KB in Deno and 35 KB in Node; an idle one takes half.
 */
export const requestBytes = 16 * 1024;

/** Maximum size of all headers of a request, in bytes, and the time limit for receiving them, in milliseconds. */
export const maxHeaderBytes = 16 * 1024;
export const headersTimeoutMs = 10_000;

/** Default time after which an idle connection is closed, in seconds, and the highest value of the setting. */
export const defaultKeepAliveSeconds = 65;
export const highestKeepAliveSeconds = 3600;

/** Maximum number of open connections on Node and Deno. Each takes up to 80 KB while headers of 16 KiB arrive on it. */
export const maxConnections = 2048;
/** Maximum number of requests that wait behind another on their connection (pipelining): of one connection, and of all. */
export const maxPipelined = 100;
export const maxPipelinedInAll = 1024;

/** Events on a page of lists, by default and at most. */
export const defaultPageSize = 50;
export const maxPageSize = 500;
/** Events in one step of a rebuild at most. */
export const maxRebuildStep = 2000;

/** Maximum length of a cursor in a query: some contain the key of a person or a company, with at most 512 characters after its kind. */
export const maxCursorLength = 1024;
/** Largest body of a request to the admin API, in bytes. */
export const maxApiBodyBytes = 64 * 1024;
/** Deliveries per second of a replay: by default, at least and at most. */
export const defaultReplayRate = 20;
export const minReplayRate = 0.01;
export const maxReplayRate = 10_000;
/** Maximum length of a filter expression, in characters. */
export const maxWhenLength = 4096;

/** Maximum number of events and bytes of one durable batch; more wait for the next. */
export const maxBatchEvents = 512;
export const maxBatchBytes = 16 * 1024 * 1024;

/** Time for running requests to finish when the app is stopped, in milliseconds. */
export const stopTimeoutMs = 10_000;

/** Maximum number of destinations. */
export const maxDestinations = 100;
/** Most sends of a destination at a time: the highest value of `concurrency`. */
export const highestConcurrency = 256;
/** Times between the attempts of a delivery, in milliseconds: the schedule that Standard Webhooks recommends, and its longest form. */
export const defaultRetryScheduleMs: readonly number[] = [
  5000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
];
export const maxScheduleLength = 50;
/** Default age at which a delivery becomes a dead letter, in milliseconds: 7 days. */
export const defaultMaxAgeMs = 604_800_000;
/** Default time for which finished deliveries and attempts are stored, in milliseconds: 30 days. */
export const defaultHistoryMs = 2_592_000_000;
/** Maximum length of the text of a fact, in UTF-16 code units; longer text is cut. */
export const maxFactLength = 2048;
/** Maximum length of a text that groups sessions, such as a source or a page, in UTF-16 code units; longer text is cut. */
export const maxTouchLength = 256;
/** Maximum number of entries of a list of facts; further ones are left out, and filters see no more. */
export const maxListEntries = 500;

/** Size from which a write-ahead log is long, in bytes: four times that to which the store truncates it. */
export const longLogBytes = 256 * 1024 * 1024;
/** Time after which a due delivery is late while its destination is ready, in milliseconds. */
export const lateDeliveryMs = 120_000;
/** Maximum number of page views of one session in the derived tables. */
export const maxPageViews = 500;
