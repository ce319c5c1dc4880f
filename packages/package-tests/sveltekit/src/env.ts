import { defineEnvVars } from "@sveltejs/kit/env";

export const variables = defineEnvVars({
  // Not there while building; the handler says so if it is missing later.
  WEBHOOK_SECRET: { schema: (value) => value },
});
