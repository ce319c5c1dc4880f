import { check } from "./check.js";

export default { fetch: () => Response.json(check()) };
