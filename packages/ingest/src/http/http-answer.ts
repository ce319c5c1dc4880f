/** An HTTP response as plain data. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function toResponse({ status, headers, body }: HttpAnswer): Response {
  return new Response(body, { status, headers: headers as Record<string, string> });
}
