import { Agent, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Default 30 s. */
  readonly timeoutMs?: number;
  readonly agent?: Agent;
}

const connectionPerRequest = new Agent({ keepAlive: false });

/** Sends a request over node:http; rejects if it fails or takes longer than `timeoutMs` in total. */
export function ask(url: string, options: RequestOptions = {}): Promise<Answer> {
  const { method = "GET", headers = {}, body, timeoutMs = 30_000, agent = connectionPerRequest } = options;
  const length = body === undefined ? {} : { "content-length": String(body.length) };
  return new Promise((resolve, reject) => {
    const req = request(url, { method, agent, headers: { ...headers, ...length } });
    const timer = setTimeout(() => req.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    req.on("error", fail);
    req.on("response", (res) => {
      let text = "";
      res.setEncoding("utf8");
      res.on("data", (chunk: string) => (text += chunk));
      res.on("error", fail);
      res.on("close", () => fail(new Error("the answer broke off")));
      res.on("end", () => {
        clearTimeout(timer);
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text });
      });
    });
    req.end(body);
  });
}
