import type { EscapedText } from "@sessionhook/core/privacy";

/** A text whose encodings are replaced, with the place in the source that each code unit comes from. */
export class TracedText implements EscapedText<TracedText> {
  /** A value with one is masked in every encoding. */
  readonly looseBackslashes = "";
  readonly text: string;
  /** For each code unit the place of its beginning in the source, and the length of the source. */
  readonly #starts: readonly number[];
  #ends: readonly number[] | undefined;

  private constructor(text: string, starts: readonly number[]) {
    this.text = text;
    this.#starts = starts;
  }

  static of(text: string): TracedText {
    return new TracedText(
      text,
      Array.from({ length: text.length + 1 }, (_, index) => index),
    );
  }

  wellFormed(): TracedText {
    return new TracedText(this.text.toWellFormed(), this.#starts);
  }

  /** Replaces every match. All code units of a replacement come from the whole match; what an empty one replaces belongs to the next. */
  replace(expression: RegExp, replacement: Parameters<EscapedText<TracedText>["replace"]>[1]): TracedText {
    const parts: string[] = [];
    const starts: number[] = [];
    let at = 0;
    /** Place of what was left out before `at`: it belongs to the code unit that follows. */
    let leftOut: number | undefined;
    const copyUntil = (end: number) => {
      parts.push(this.text.slice(at, end));
      for (; at < end; at += 1) {
        starts.push(leftOut ?? this.#start(at));
        leftOut = undefined;
      }
    };
    for (const match of this.text.matchAll(expression)) {
      copyUntil(match.index);
      const part = replacement(match as unknown as Parameters<typeof replacement>[0]);
      parts.push(part);
      const start = leftOut ?? this.#start(at);
      for (let index = 0; index < part.length; index += 1) starts.push(start);
      leftOut = part === "" ? start : undefined;
      at += match[0].length;
    }
    if (at === 0) return this;
    copyUntil(this.text.length);
    starts.push(this.#start(at));
    return new TracedText(parts.join(""), starts);
  }

  /** Returns the places in the source that all matches come from. */
  *places(expression: RegExp): Generator<readonly [start: number, end: number]> {
    for (const { index, 0: match } of this.text.matchAll(expression)) {
      if (match !== "") yield [this.#start(index), this.#end(index + match.length - 1)];
    }
  }

  /** Returns the place in the source from which on there are at most this many code units. */
  beforeLast(units: number): number {
    return this.#start(Math.max(0, this.text.length - units));
  }

  #start(index: number): number {
    return this.#starts[index] ?? 0;
  }

  #end(index: number): number {
    this.#ends ??= this.#starts.reduceRight<number[]>((ends, start, at) => {
      const next = this.#start(at + 1);
      ends[at] = next === start ? (ends[at + 1] ?? next) : next;
      return ends;
    }, []);
    return this.#ends[index] ?? 0;
  }
}
