import type { AttributeValue } from "@aws-sdk/client-dynamodb";

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * Returns the size of an item in bytes as DynamoDB counts it:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

/** Returns the size of a value in bytes; covers only the types that our store writes. */
function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.N !== undefined) return Math.ceil(value.N.replace(/^-|\./g, "").length / 2) + 1;
  if (value.BOOL !== undefined) return 1;
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  throw new Error(`no size rule for attribute type ${Object.keys(value).join()}`);
}

/** Returns the write units for an item of `bytes` bytes: one per started KiB. */
export function writeUnits(bytes: number): number {
  return Math.ceil(bytes / 1024);
}
