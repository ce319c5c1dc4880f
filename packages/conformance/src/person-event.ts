import { payloads } from "@sessionhook/fixtures";

export interface EventOfPerson {
  readonly id: string;
  /** Visitor and session. */
  readonly vid: string;
  readonly sid: string;
  readonly email: string;
}

/** Returns the body of a complete identity.session.finalized of a person, whose name is the first part of the address. */
export function personEvent({ id, vid, sid, email }: EventOfPerson): string {
  const full = payloads.full("identity.session.finalized");
  const name = email.slice(0, email.indexOf("@"));
  return JSON.stringify({ ...full, id }, (key: string, value: unknown) => {
    if (key === "vid") return vid;
    if (key === "sid") return sid;
    if (key === "email") return email;
    if (key === "linkedinUrl" && String(value).includes("/in/")) return `https://www.linkedin.com/in/${name}`;
    if (key === "firstName" || key === "fullName") return name;
    return key === "emailValidations" ? [] : value;
  });
}
