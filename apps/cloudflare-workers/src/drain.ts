/** Most bytes that are read only to be thrown away, and how long that may take. */
const maxDrainedBytes = 16 * 1024 * 1024;
const maxDrainMs = 1000;

/**
 * Reads the body of a request that was answered without it, up to 16 MiB and 1 s: workerd resets the
 * connection over unread bytes, and a sender that is still writing would never see the answer.
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
    // The sender has hung up.
  } finally {
    clearTimeout(timer);
  }
}
