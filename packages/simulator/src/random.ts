/** Hashes a text to 32 bits: FNV-1a with a final avalanche. */
function hash(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A seeded stream of random numbers (sfc32, 128 bits of state): fast, reproducible, not for secrets. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param key name of the stream: equal keys give equal streams, different keys unrelated ones */
  constructor(key: string) {
    this.#a = hash(key, 0x9e3779b9);
    this.#b = hash(key, 0x243f6a88);
    this.#c = hash(key, 0xb7e15162);
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** Returns an integer from 0 to 2^32 - 1. */
  uint32(): number {
    const t = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** Returns a number from 0 (included) to 1 (excluded) with 53 bits. */
  next(): number {
    return ((this.uint32() >>> 5) * 0x4000000 + (this.uint32() >>> 6)) / 0x20000000000000;
  }

  /** Returns an integer; both limits are included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** Returns a number with the given number of decimals. */
  decimal(min: number, max: number, digits = 2): number {
    return Number((min + this.next() * (max - min)).toFixed(digits));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Returns the value with the given probability, otherwise null. */
  maybe<T>(probability: number, value: T): T | null {
    return this.chance(probability) ? value : null;
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError("Cannot pick from an empty list");
    return from[Math.floor(this.next() * from.length)] as T;
  }

  /** Returns one of the items, with a probability in proportion to its `weight`. */
  weighted<T extends { readonly weight: number }>(from: readonly T[]): T {
    let left = this.next() * from.reduce((sum, item) => sum + item.weight, 0);
    for (const item of from) if ((left -= item.weight) < 0) return item;
    return this.pick(from);
  }

  /** Returns up to `count` different items in random order. */
  sample<T>(from: readonly T[], count: number): T[] {
    const rest = [...from];
    for (let i = 0; i < Math.min(count, rest.length); i++) {
      const j = this.int(i, rest.length - 1);
      [rest[i], rest[j]] = [rest[j] as T, rest[i] as T];
    }
    return rest.slice(0, count);
  }

  /** Returns a log-normal value: most are near `median`, with a long tail above. `spread` 1 is wide, 0.3 narrow. */
  logNormal(median: number, spread: number): number {
    const gauss = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return median * Math.exp(spread * gauss);
  }

  /** Returns a text of `length` characters, by default upper-case letters and digits. */
  text(length: number, from: string = alphabet): string {
    let out = "";
    for (let i = 0; i < length; i++) out += from[Math.floor(this.next() * from.length)] as string;
    return out;
  }
}
