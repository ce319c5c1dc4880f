/** Bytes of chunks between two collections. */
const collectEvery = 64 * 1024 * 1024;

/**
 * Returns a function to call with the size of each chunk of a body. It collects garbage from time to time, because Bun 1.4
 * otherwise lets gigabytes of chunks accumulate when bodies arrive fast.
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
