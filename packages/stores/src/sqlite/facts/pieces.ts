/** A range of numbers, `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A part of the range that no unit covers (sign 1), or a part of a unit beyond the range (-1). */
export interface Piece extends Range {
  readonly sign: 1 | -1;
}

/** Whole units of a size, as numbers of units, and pieces that correct their sum. */
export interface Pieces {
  readonly units: Range;
  readonly pieces: readonly Piece[];
}

/**
 * Divides a range so that its sum is that of the units and pieces, and little lies in the pieces: each end is at the nearest
 * border of a unit, inside or outside the range. A range that is shorter than those pieces has no whole unit. Each piece lies
 * within one unit.
 */
export function piecesOf({ from, to }: Range, size: number): Pieces {
  const first = Math.round(from / size);
  const end = Math.round(to / size);
  const pieces = [corrected(from, first * size), corrected(end * size, to)];
  const length = pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  if (to - from <= length) {
    const border = Math.min(to, Math.ceil(from / size) * size);
    return { units: { from: 0, to: 0 }, pieces: some([corrected(from, border), corrected(border, to)]) };
  }
  return { units: { from: first, to: end }, pieces: some(pieces) };
}

const corrected = (from: number, to: number): Piece =>
  from <= to ? { from, to, sign: 1 } : { from: to, to: from, sign: -1 };

const some = (pieces: readonly Piece[]) => pieces.filter(({ from, to }) => from < to);
