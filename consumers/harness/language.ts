/** A cell of the table: the number of cases, and the differences from core. */
export interface Verdict {
  readonly cases: number;
  readonly faults: readonly string[];
}

export type Column =
  | "names"
  | "validated"
  | "rejected"
  | "round-trip"
  | "times"
  | "client"
  | "signature"
  | "official SDK";
export const columns: readonly Column[] = [
  "names",
  "validated",
  "rejected",
  "round-trip",
  "times",
  "client",
  "signature",
  "official SDK",
];

/** The location of the generated types of a language, and the names that its generator gives them. */
export interface GeneratedNames {
  /** Pattern of the generated files, relative to the consumer's folder. */
  readonly files: string;
  /** Finds a declared type, its name in the first group; global and multiline. */
  readonly declaration: RegExp;
  /** Names that the generator writes in another way. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Types that the generator adds to those of the schema. */
  readonly added?: RegExp;
  /** Code that a useful type does not contain. */
  readonly forbidden?: RegExp;
}

export interface Step {
  /**
   * `install` downloads packages from a registry; when it fails, the consumer counts as not run. `build` contains all slow
   * work, mainly compiling: signatures are valid for five minutes and are created between `build` and `run`.
   */
  readonly kind: "install" | "build" | "run";
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

export interface Language {
  readonly name: string;
  readonly folder: string;
  /** Required programs, each with the arguments that print its version. */
  readonly needs: readonly (readonly [string, ...string[]])[];
  /** The files that pin the packages; `install` runs when they change. */
  readonly pins: readonly string[];
  readonly steps: readonly Step[];
  /** The comparisons that the consumer's results allow. */
  readonly columns: readonly Column[];
  /** Locates the generated types; their names are compared with the schema. */
  readonly names?: GeneratedNames;
  /** The provider's official SDK for this language, if there is one. */
  readonly sdk?: { readonly name: string; readonly steps?: readonly Step[]; readonly excused?: string };
  /** Data that the generated types cannot preserve, as documented in docs/guides. Any other loss is a fault. */
  readonly limits: {
    /** Unknown fields are dropped. */
    readonly losesUnknownFields?: boolean;
    /** An optional field that was absent comes back as null. */
    readonly absentBecomesNull?: boolean;
    /** An optional field that was null comes back absent. */
    readonly nullBecomesAbsent?: boolean;
    /** An object without properties in the schema that was null comes back absent. */
    readonly nullMapBecomesAbsent?: boolean;
  };
}
