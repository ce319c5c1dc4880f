import type { Child } from "hono/jsx";
import { Avatar } from "./avatar.js";
import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

interface ProfileHeadProps {
  readonly name: string | null;
  /** Heading where the name is unknown. */
  readonly unnamed: string;
  readonly seed: string;
  readonly kind: "person" | "company";
  /** Lines below the name. */
  readonly children: Child;
}

/** Renders the head of the page of a person or a company. */
export function ProfileHead({ name, unnamed, seed, kind, children }: ProfileHeadProps) {
  return (
    <div class="profile-head">
      <Avatar name={name} seed={seed} kind={kind} large={true} />
      <div>
        <h1>{name === null ? unnamed : <VisibleText text={cut(name, 200)} />}</h1>
        {children}
      </div>
    </div>
  );
}
