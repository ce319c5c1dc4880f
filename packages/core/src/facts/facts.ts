/** The flat row derived from one event. An absent fact has no key. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly unknown[]>>;
