import { ReceiveError } from "./receive-error.js";

export interface BodyLimits {
  /** Largest body in bytes. */
  readonly maxBodyBytes: number;
  /** How long the body may take to arrive, in milliseconds. */
  readonly bodyTimeoutMs: number;
  /** Bytes all requests together may hold while they are received and kept. */
  readonly maxHeldBytes: number;
}

/** Declared bodies up to this size are read in one piece; larger ones are counted chunk by chunk. */
const smallBody = 64 * 1024;

/** Counts the bytes of all bodies in memory, so that many large requests cannot exhaust it together. */
export class HeldBytes {
  #held = 0;
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get current(): number {
    return this.#held;
  }

  /** @throws ReceiveError `overloaded` when the bytes no longer fit */
  take(bytes: number): void {
    if (this.#held + bytes > this.#max) {
      throw new ReceiveError(
        "overloaded",
        "Too many bytes are being received at the moment; try again shortly",
      );
    }
    this.#held += bytes;
  }

  release(bytes: number): void {
    this.#held -= bytes;
  }
}

/**
 * Reads a body up to the limit and hands it to `use`; its bytes count as held until `use` is done.
 * @throws ReceiveError `payload_too_large` (a declared length is refused unread, an undeclared one as soon
 * as it grows past the limit), `request_timeout`, `incomplete_body`, `overloaded`
 */
export async function withBody<T>(
  request: Request,
  limits: BodyLimits,
  held: HeldBytes,
  use: (body: Uint8Array) => Promise<T>,
): Promise<T> {
  const declared = declaredLength(request.headers);
  if (declared !== undefined && declared > limits.maxBodyBytes) throw tooLarge(limits);
  let taken = 0;
  let over = false;
  const take = (bytes: number) => {
    // What arrives after its time is read by nobody: counted then, nothing would ever release it.
    if (over) return;
    held.take(bytes);
    taken += bytes;
  };
  try {
    const body = await withinTime(limits.bodyTimeoutMs, (signal) =>
      declared !== undefined && declared <= smallBody
        ? readWhole(request, take)
        : readStream(request, limits, signal, take),
    );
    if (body.length > limits.maxBodyBytes) throw tooLarge(limits);
    return await use(body);
  } finally {
    over = true;
    held.release(taken);
  }
}

/** The Content-Length, where it alone decides how long the body is. */
function declaredLength(headers: Headers): number | undefined {
  const text = headers.get("content-length");
  if (text === null || headers.has("transfer-encoding") || !/^[0-9]+$/.test(text)) return undefined;
  return Number(text);
}

function tooLarge(limits: BodyLimits): ReceiveError {
  return new ReceiveError("payload_too_large", `The body is larger than ${limits.maxBodyBytes} bytes`);
}

async function readWhole(request: Request, onBytes: (bytes: number) => void): Promise<Uint8Array> {
  let body: Uint8Array;
  try {
    body = new Uint8Array(await request.arrayBuffer());
  } catch (cause) {
    throw new ReceiveError("incomplete_body", "The body ended before its declared length", { cause });
  }
  onBytes(body.length);
  return body;
}

async function readStream(
  request: Request,
  limits: BodyLimits,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  // Copied into one buffer that grows: a chunk of one byte may keep a buffer of 64 KiB alive (Deno).
  let gathered = new Uint8Array(0);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return length === gathered.length ? gathered : gathered.slice(0, length);
      if (length + value.length > limits.maxBodyBytes) throw tooLarge(limits);
      onBytes(value.length);
      const needed = length + value.length;
      if (needed > gathered.length) gathered = grown(gathered, needed, limits.maxBodyBytes);
      gathered.set(value, length);
      length = needed;
    }
  } catch (error) {
    stop();
    if (ReceiveError.isInstance(error)) throw error;
    throw new ReceiveError("incomplete_body", "The body broke off", { cause: error });
  }
}

/** A copy with room for `needed` bytes, and for more: copying at each chunk would cost the square of their number. */
function grown(bytes: Uint8Array, needed: number, most: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(needed, Math.min(2 * bytes.length, most)));
  larger.set(bytes);
  return larger;
}

/** Runs `work` against the clock; when time is up its signal aborts and `request_timeout` is thrown. */
async function withinTime<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ReceiveError("request_timeout", `The body did not arrive within ${ms / 1000} s`));
      abort.abort();
    }, ms);
  });
  try {
    return await Promise.race([work(abort.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
