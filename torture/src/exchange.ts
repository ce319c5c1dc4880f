import { connect } from "node:net";

/** An answer or a closed connection must come within this, in milliseconds: for what hangs. */
export const patience = 60_000;

/**
 * Sends in two pieces and reads all there is; who sends what is genuine waits for the whole answer. Undefined: nothing
 * came and nothing closed.
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
      // A keep-alive connection stays open after its answer; that is no hang.
      if (answered.test(received)) setTimeout(() => socket.destroy(), 30);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(received);
    });
    socket.write(request.subarray(0, cut));
    setTimeout(() => socket.write(request.subarray(cut), hangUp), 2);
    // Who waits for more is told that there is none; not sooner, as Node answers nobody who has hung up.
    const hangUp = () => {
      if (!genuine) setTimeout(() => socket.end(), 400);
    };
  });
}
