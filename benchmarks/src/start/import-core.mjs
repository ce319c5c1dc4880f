// Imports core and does nothing with it.
import { unwrap } from "@sessionhook/core";

globalThis.imported = unwrap;
