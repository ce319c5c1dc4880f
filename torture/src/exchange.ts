import { connect } from "node:net";

/** Time limit for an answer or the end of the connection, in milliseconds; after it the app counts as hung. */
export const patience = 60_000;

/**
 * Sends a request in two pieces and reads the answer; for a genuine message, all of it. Returns undefined if nothing was
 * received and the connection stayed open.
 */
export function exchange(
  origin: string,
  request: Buffer,
  cut: number,
  genuine: boolean,
): Promise<string | undefined> {
  const answered = genuine
    ? /^HTTP\/1\.1 \d{3}[\s\S]*\r\n\r\n[\s\S]*\}/
    : /^HTTP\/1\.[01] (?!100)[\s\S]*\r\n\r\n/;
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(Number(port), hostname);
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(received === "" ? undefined : received);
    }, patience);
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      received += text;
      // A keep-alive connection stays open after its answer; the app does not hang.
      if (answered.test(received)) setTimeout(() => socket.destroy(), 30);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(received);
    });
    socket.write(request.subarray(0, cut));
    setTimeout(() => socket.write(request.subarray(cut), hangUp), 2);
    // Ends the request for an app that waits for more; not sooner, because Node does not answer a closed side.
    const hangUp = () => {
      if (!genuine) setTimeout(() => socket.end(), 400);
    };
  });
}
