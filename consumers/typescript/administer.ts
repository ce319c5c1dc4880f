import createClient from "openapi-fetch";
import type { components, paths } from "./generated/receiver.js";

type Problem = components["schemas"]["Problem"];

/** Sends the requests of every client to the admin API. */
export async function administer({ origin, adminToken }: { origin: string; adminToken: string }) {
  const clientWith = (token: string) =>
    createClient<paths>({ baseUrl: origin, headers: { authorization: `Bearer ${token}` } });
  const receiver = clientWith(adminToken);
  const problem = (error: Problem | undefined) => ({ status: error?.status, code: error?.code });

  const listed: string[] = [];
  let cursor: string | null | undefined;
  do {
    const query = { q: "evt_client_", limit: 2, ...(cursor ? { cursor } : {}) };
    const { data } = await receiver.GET("/api/events", { params: { query } });
    if (data === undefined) throw new Error("no page");
    listed.push(...data.events.map(({ id }) => id));
    cursor = data.nextCursor;
  } while (cursor);

  const path = { id: listed[0] ?? "" };
  const { data: event } = await receiver.GET("/api/events/{id}", { params: { path } });
  const { data: rechecked } = await receiver.POST("/api/events/{id}/recheck", { params: { path } });
  const { data: listing } = await receiver.GET("/api/destinations");
  const { data: attribution } = await receiver.GET("/api/attribution");
  const missing = await receiver.GET("/api/events/{id}", { params: { path: { id: "evt_none" } } });
  const refused = await clientWith("wrong").GET("/api/events");
  return {
    listed,
    event: { id: event?.id, type: event?.type, status: event?.status, payload: event?.payload },
    rechecked: { status: rechecked?.status, previousStatus: rechecked?.previousStatus },
    destinations: listing?.destinations
      .filter(({ reason }) => reason === null)
      .map(({ name, state }) => ({ name, state })),
    noOthers: attribution?.others === null,
    notFound: problem(missing.error),
    unauthorized: problem(refused.error),
  };
}
