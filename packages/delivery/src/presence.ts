/** Distinguishes the owners of leases that run from those that have ended, such as `Presence` of `@sessionhook/stores/sqlite`. */
export interface Presence {
  /** Names this process; never used again. */
  readonly owner: string;
  /** Returns the owners that have certainly ended; `forget` is called when they own nothing any more. */
  endedOwners(): readonly { readonly owner: string; forget(): void }[];
}
