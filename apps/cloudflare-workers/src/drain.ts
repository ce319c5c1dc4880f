/** Limits of reading an unused body: bytes and milliseconds. */
const maxDrainedBytes = 16 * 1024 * 1024;
const maxDrainMs = 1000;

/**
 * Reads and discards the body of a request that was answered without reading it, up to 16 MiB and 1 s. workerd resets a
 * connection with unread bytes, and a sender that is still writing would not receive the response.
 */
export async function drain({ body, bodyUsed }: Request): Promise<void> {
  if (body === null || bodyUsed) return;
  const reader = body.getReader();
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), maxDrainMs);
  try {
    for (let drained = 0; drained < maxDrainedBytes;) {
      const { done, value } = await reader.read();
      if (done) return;
      drained += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The sender has closed the connection.
  } finally {
    clearTimeout(timer);
  }
}
