type Environment = Readonly<Record<string, string | undefined>>;

const number = /^\d+$/;
const url = /^(?:tcp|udp|sctp):\/\//i;
const address = /^[\d.]+$|^[\da-f:.]*:[\da-f:.]*$/i;

/**
 * Endings and values of the variables that Kubernetes and Docker set for a Service or a linked container. One that is named
 * `sessionhook` or `sessionhook-store` sets `SESSIONHOOK_PORT` or `SESSIONHOOK_STORE_PORT`
 * (https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables).
 */
const injected: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/_SERVICE_HOST$/, address],
  [/_SERVICE_PORT(?:_\w+)?$/, number],
  [/_PORT(?:_\d+_(?:TCP|UDP|SCTP))?$/, url],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)_PROTO$/, /^(?:tcp|udp|sctp)$/i],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)_PORT$/, number],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)_ADDR$/, address],
  [/_NAME$/, /^\/[^/]+\/[^/]+$/],
];

/** Returns whether a variable was set by an orchestrator, by its name and its value, and so is no misspelt setting. */
export function isInjected(name: string, env: Environment): boolean {
  if (injected.some(([names, values]) => names.test(name) && values.test(env[name] ?? ""))) return true;
  // Docker copies the environment of a linked container, beside its name.
  const linked = /^(?<alias>.+?)_ENV_\w+$/.exec(name)?.groups?.["alias"];
  return linked !== undefined && isInjected(`${linked}_NAME`, env);
}
