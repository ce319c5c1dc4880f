export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Checks a condition every 50 ms, for about `ms` at most; returns whether it became true. */
export async function until(holds: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() > deadline) return false;
    await pause(50);
  }
}

/** Resolves once a process has ended; at once without one. */
export async function ended(pid: string | undefined): Promise<void> {
  const runs = () => {
    try {
      return process.kill(Number(pid), 0);
    } catch {
      return false;
    }
  };
  if (pid !== undefined) await until(() => !runs(), Infinity);
}
