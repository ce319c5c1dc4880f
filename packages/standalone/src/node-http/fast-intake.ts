import type { IncomingMessage, RequestListener } from "node:http";
import type { Answer, Intake } from "@sessionhook/receiver";
import { readDelivery } from "./read-delivery.js";
import { writeAnswer } from "./write-answer.js";

/**
 * Answers the plain delivery (POST /webhooks with a length within the limit, as it was signed) without making web
 * objects of it, which cost more than verifying does. Everything else goes the common way.
 */
export function withFastIntake(intake: Intake, others: RequestListener): RequestListener {
  return (request, response) => {
    if (!isPlainDelivery(request, intake.limits.maxBodyBytes)) return others(request, response);
    void answer(intake, request).then((given) => writeAnswer(response, given));
  };
}

function isPlainDelivery({ method, url, headers }: IncomingMessage, maxBodyBytes: number): boolean {
  if (method !== "POST" || url !== "/webhooks") return false;
  if ("transfer-encoding" in headers || "content-encoding" in headers || "expect" in headers) return false;
  // Without a length (NaN) the comparison is false.
  return Number(headers["content-length"]) <= maxBodyBytes;
}

async function answer(intake: Intake, request: IncomingMessage): Promise<Answer> {
  const held = intake.held();
  let body: Buffer;
  try {
    body = await readDelivery(request, held, intake.limits.bodyTimeoutMs);
  } catch (error) {
    return intake.refuse(error);
  }
  const given = await intake.take(body, request.headers);
  held.release(body.length);
  return given;
}
