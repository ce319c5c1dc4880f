export { saveSession } from "../sessions.js";
