import { defineEnvVars } from "@sveltejs/kit/env";

export const variables = defineEnvVars({
  // Absent during the build; the handler reports it if it is missing later.
  WEBHOOK_SECRET: { schema: (value) => value },
});
