import { check } from "./check.js";

console.log(JSON.stringify(check()));
