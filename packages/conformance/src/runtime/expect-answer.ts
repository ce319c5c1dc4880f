import { expect } from "vitest";

/** Expects a problem document with this status and code, and nothing confidential in it. */
export async function expectProblem(
  answer: Response,
  status: number,
  code: string,
): Promise<Record<string, unknown>> {
  const text = await answer.text();
  expect([answer.status, answer.headers.get("content-type")], text.slice(0, 300)).toEqual([
    status,
    "application/problem+json",
  ]);
  const document = JSON.parse(text) as Record<string, unknown>;
  expect(document).toMatchObject({ status, code });
  expect(typeof document["title"]).toBe("string");
  return document;
}

/** Expects an acknowledgement with this status. */
export async function expectTaken(answer: Response, status: string, id: string): Promise<void> {
  const text = await answer.text();
  expect(answer.status, text.slice(0, 300)).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  expect(JSON.parse(text)).toEqual({ status, id });
}
