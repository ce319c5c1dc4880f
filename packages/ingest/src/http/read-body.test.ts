import { describe, expect, it } from "vitest";
import { ReceiveError } from "../receive-error.js";
import { requestBytes } from "@sessionhook/core/limits";
import { MemoryBudget } from "./memory-budget.js";
import { withBody } from "./read-body.js";
import { WebRequest } from "./web-request.js";

const limits = { maxBodyBytes: 100, bodyTimeoutMs: 50 };
const budgetFor = (bytes: number, requests = 1) => new MemoryBudget(requests * requestBytes + bytes);

function request(body: BodyInit | undefined, headers: Record<string, string> = {}): WebRequest {
  return new WebRequest(
    new Request("http://x/", { method: "POST", body, headers, duplex: "half" } as RequestInit),
  );
}

function chunks(parts: readonly Uint8Array[], end: "close" | "hang" | "error" = "close") {
  let cancelled = false;
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = parts[sent++];
      if (part !== undefined) controller.enqueue(part);
      else if (end === "close") controller.close();
      else if (end === "error") controller.error(new Error("gone"));
      else return new Promise(() => undefined);
      return undefined;
    },
    cancel() {
      cancelled = true;
    },
  });
  return { stream, state: () => ({ cancelled, sent }) };
}

/** Returns the length of the body that was read, or the code of the problem. */
async function read(req: WebRequest, options: Partial<typeof limits> = {}, budget = budgetFor(1000)) {
  const before = budget.used;
  try {
    const length = await withBody(req, { ...limits, ...options }, budget, async (body) => body.length);
    return length;
  } catch (error) {
    req.body.cancel();
    if (ReceiveError.isInstance(error)) return error.code;
    throw error;
  } finally {
    expect(budget.used).toBe(before);
  }
}

const ten = new Uint8Array(10);

describe("reading a body", () => {
  it("waits for a body with a time limit that is longer than a timer can be", async () => {
    const late = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        controller.enqueue(ten);
        controller.close();
      },
    });
    expect(await read(request(late), { bodyTimeoutMs: Infinity })).toBe(10);
  });

  it("reads declared and undeclared bodies up to the limit, exactly", async () => {
    expect(await read(request(new Uint8Array(100), { "content-length": "100" }))).toBe(100);
    expect(await read(request(chunks(Array.from({ length: 10 }, () => ten)).stream))).toBe(100);
    expect(await read(request(""))).toBe(0);
    expect(await read(request(undefined))).toBe(0);
  });

  it("rejects a declared length unread", async () => {
    const { stream, state } = chunks([ten]);
    expect(await read(request(stream, { "content-length": "101" }))).toBe("payload_too_large");
    expect(state().sent).toBeLessThanOrEqual(1);
  });

  it("rejects a length of any number of digits unread", async () => {
    for (const length of ["9".repeat(16), "9".repeat(400)]) {
      const { stream, state } = chunks([ten], "hang");
      expect(await read(request(stream, { "content-length": length }))).toBe("payload_too_large");
      expect(state().sent).toBeLessThanOrEqual(1);
    }
  });

  it("retains no buffer of a chunk, which may be far larger than the chunk", async () => {
    const large = new Uint8Array(1_000_000).fill(7);
    const parts = Array.from({ length: 100 }, (_, i) => large.subarray(i, i + 1));
    for (const number of [1, 7, 100]) {
      const body = chunks(parts.slice(0, number)).stream;
      const whole = await withBody(request(body), limits, budgetFor(1000), async (bytes) => bytes);
      expect(whole).toEqual(new Uint8Array(number).fill(7));
      expect(whole.buffer.byteLength).toBe(number);
    }
  });

  it("stops an undeclared body as soon as it is too large, and releases its memory", async () => {
    const { stream, state } = chunks(Array.from({ length: 1000 }, () => ten));
    expect(await read(request(stream))).toBe("payload_too_large");
    expect(state().sent).toBeLessThan(15);
    expect(state().cancelled).toBe(true);
  });

  it("ignores a length that is not a number or is sent with transfer-encoding", async () => {
    const long = () => chunks(Array.from({ length: 11 }, () => ten)).stream;
    expect(await read(request(long(), { "content-length": "1e1" }))).toBe("payload_too_large");
    expect(await read(request(long(), { "content-length": "10" }))).toBe("payload_too_large");
  });

  it("rejects a body that does not arrive", async () => {
    const { stream, state } = chunks([ten], "hang");
    expect(await read(request(stream))).toBe("request_timeout");
    expect(state().cancelled).toBe(true);
  });

  it("uses no memory for a body that arrives after its time limit, declared or not", async () => {
    for (const headers of [{ "content-length": "20" }, {}] as Record<string, string>[]) {
      const budget = budgetFor(1000);
      let late!: ReadableStreamDefaultController<Uint8Array>;
      const stream = new ReadableStream<Uint8Array>({ start: (controller) => void (late = controller) });
      late.enqueue(ten);
      expect(await read(request(stream, headers), {}, budget)).toBe("request_timeout");
      try {
        late.enqueue(ten);
        late.close();
      } catch {
        // The queue no longer has a reader.
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(budget.used).toBe(0);
    }
  });

  it("reports a body that is incomplete", async () => {
    expect(await read(request(chunks([ten], "error").stream))).toBe("incomplete_body");
  });

  it("limits the memory of all requests together, and releases it", async () => {
    const budget = budgetFor(150, 2);
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const sized = (bytes: number) => request(new Uint8Array(bytes), { "content-length": String(bytes) });
    const first = withBody(sized(100), limits, budget, () => gate);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(budget.used).toBe(requestBytes + 100);
    expect(await read(sized(60), {}, budget)).toBe("overloaded");
    expect(await read(sized(50), {}, budget)).toBe(50);
    release();
    await first;
    expect(budget.used).toBe(0);
  });

  it("refuses the body that has been arriving longest when there is no room for another", async () => {
    const budget = budgetFor(200, 2);
    const unfinished = async () => {
      const body = request(chunks([ten], "hang").stream);
      const outcome = withBody(body, { ...limits, bodyTimeoutMs: 300 }, budget, async () => 0);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { code: outcome.catch((error: ReceiveError) => error.code) };
    };
    const first = await unfinished();
    const second = await unfinished();
    expect(budget.used).toBe(2 * (requestBytes + 100));
    expect(await withBody(request(ten), limits, budget, async (body) => body.length)).toBe(10);
    expect(await first.code).toBe("overloaded");
    expect(budget.used).toBe(requestBytes + 100);
    expect(await second.code).toBe("request_timeout");
    expect(budget.used).toBe(0);
  });
});
