import process from "node:process";

/** The part of Deno's API that is used; its types are not installed. */
interface DenoPermissions {
  readonly permissions: { querySync(descriptor: { readonly name: "sys" }): { readonly state: string } };
}

/**
 * Returns a warning if certificates are configured in a way that ends every TLS connection: with NODE_EXTRA_CA_CERTS,
 * `node:tls` of Deno 2.9 asks for access to "ca", which only `--allow-sys` without names gives.
 */
export function certificateWarnings(): readonly string[] {
  const file = process.env["NODE_EXTRA_CA_CERTS"];
  if (file === undefined || file === "") return [];
  const { Deno: deno } = globalThis as unknown as { readonly Deno: DenoPermissions };
  if (deno.permissions.querySync({ name: "sys" }).state === "granted") return [];
  return [
    "NODE_EXTRA_CA_CERTS cannot be used with these permissions: every https destination would be blocked. Set DENO_CERT to the file instead, and remove NODE_EXTRA_CA_CERTS",
  ];
}
