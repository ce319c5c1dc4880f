/** Bytes of chunks between two collections. */
const collectEvery = 64 * 1024 * 1024;

/**
 * Returns a function that is told of each chunk of a body and collects garbage now and then. By itself Bun 1.4 lets
 * gigabytes of chunks pile up when bodies come fast.
 */
export function garbageCollector(): (bytes: number) => void {
  let bytesSince = 0;
  return (bytes) => {
    bytesSince += bytes;
    if (bytesSince < collectEvery) return;
    bytesSince = 0;
    Bun.gc(true);
  };
}
