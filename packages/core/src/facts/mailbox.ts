/** Returns an address with composed letters and its domain in ASCII (`xn--…`): two spellings of one mailbox. */
export function mailboxOf(address: string): string {
  if (/^[\x21-\x7e]*$/.test(address)) return address;
  const composed = address.normalize("NFC");
  const domain = composed.lastIndexOf("@") + 1;
  try {
    return composed.slice(0, domain) + new URL(`https://${composed.slice(domain)}`).hostname;
  } catch {
    return composed;
  }
}
