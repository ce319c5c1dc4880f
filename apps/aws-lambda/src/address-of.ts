import type { LambdaEvent } from "hono/aws-lambda";

/** The places where the event formats have the sender's address. */
interface AddressParts {
  readonly requestContext?: {
    readonly http?: { readonly sourceIp?: string };
    readonly identity?: { readonly sourceIp?: string | null };
  };
}

/** Returns the address that a request came from; load balancers have it in X-Forwarded-For only. */
export function addressOf(event: LambdaEvent): string | undefined {
  const { http, identity } = (event as AddressParts).requestContext ?? {};
  return http?.sourceIp ?? identity?.sourceIp ?? undefined;
}
