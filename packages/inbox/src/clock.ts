/** The present, in Unix milliseconds. */
export type Clock = () => number;
