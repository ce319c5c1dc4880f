import { adminToken } from "./apps.ts";
import { ask } from "./http.ts";

/** Returns a metric of an app, such as `memory_budget_used_bytes`; if it has labels, the sum over them. */
export async function metric(origin: string, name: string): Promise<number> {
  const { text } = await ask(`${origin}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } });
  const lines = text.matchAll(new RegExp(`^sessionhook_${name}(?:\\{.*\\})? (\\S+)$`, "gm"));
  return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
}
