// Imports standardwebhooks and does nothing with it.
import { Webhook } from "standardwebhooks";

globalThis.imported = Webhook;
