/** The descriptions of the keys in the JSON Schema, by path below a destination or below the file. */
export const fileDescriptions: Readonly<Record<string, string>> = {
  $schema: "URL or path of the JSON Schema of this file. It has no effect.",
  destinations:
    "Destinations by name. The name is the identity of a destination: one with another name is a new destination, which gets events from now on.",
  retention: "Time for which data is stored.",
  "retention.events": "Time for which events are stored, such as 180d. Default: for ever.",
  "retention.history": "Time for which finished deliveries and their attempts are stored. Default: 30d.",
};

export const commonDescriptions: Readonly<Record<string, string>> = {
  types: "Event types that it gets. Default: all.",
  statuses: 'Statuses of events that it gets. Default: ["accepted"].',
  skip: "Events that it does not get.",
  when: "CEL expression over the facts of an event, such as company.employeeCount >= 50. It gets the events for which it is true. docs/facts.md lists the facts.",
  cooldown: "No second delivery for the same person or company within a time.",
  "cooldown.per":
    "Identifies the events that belong together: by e-mail address, or by domain of the company.",
  "cooldown.for": "Time from a delivery until the next one, such as 24h.",
  concurrency: "Most sends at a time.",
  rate: "Most deliveries in a time, such as 20/s or 100/min. Default: no limit.",
  timeout: "Time limit of one attempt, such as 15 s.",
  retry: "Times of further attempts after a failure, and their end.",
  "retry.schedule":
    "Times between the attempts. Default: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.",
  "retry.maxAge": "A delivery that has not succeeded after this time is a dead letter. Default: 7d.",
};

const network =
  "public: only addresses of the internet are connected to. private: private and loopback addresses too. Default: public.";
const body =
  "raw: the exact bytes received. flat: a JSON object of the facts. { map }: an object of your own, in which {{person.email}} is replaced by a fact. Default: raw.";
const map = "The object that is sent. {{person.email}} in a text is replaced by the fact of this path.";

/** Descriptions of the keys of each type. */
export const driverDescriptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  http: {
    url: "URL that the events are posted to.",
    secret:
      "Signing secret of this destination, whsec_… or whsk_…, by reference; several during a rotation. sessionhook secret new creates one.",
    body,
    "body.map": map,
    headers: "Further headers. Give a secret by reference.",
    network,
  },
  files: {
    path: "Folder that the files are written to; it is created if it does not exist.",
    body,
    "body.map": map,
    maxBytes: "A file is finished when it has this many bytes, compressed. Default: 64 MiB.",
    maxAgeSeconds: "A file is finished this many seconds after its first event. Default: 3600.",
  },
  slack: {
    url: "URL of the incoming webhook, by reference, since it is a secret. For Discord: the URL of the webhook with /slack at its end.",
    format: "How messages are written. Default: by the host of the URL.",
    digest: "One message for all events that wait. Default: true.",
    network,
  },
};
