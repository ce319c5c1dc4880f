export interface Screen {
  readonly origin: string;
  readonly loginPath: string;
  readonly folder: string;
  readonly sessions: number;
  readonly every: number;
}

/** Renders what the demo prints once it listens. */
export function renderScreen({ origin, loginPath, folder, sessions, every }: Screen): string {
  const { port } = new URL(origin);
  return `
  Sessionhook is listening, with ${sessions.toLocaleString("en")} simulated sessions of two weeks. A new one arrives every ${every} s.

  Inbox        ${origin}${loginPath}
               (this link signs you in once, within 15 minutes)
  Look for     Halden Robotics: its people came back for two weeks, until one of them booked a demo
  Endpoint     ${origin}/webhooks
  Store        ${folder} (removed when you press Ctrl-C)

  The command line, in a second terminal:

    PORT=${port} SESSIONHOOK_STORE=sqlite:${folder}/sessionhook.db npm run sessionhook -- events list

`;
}
