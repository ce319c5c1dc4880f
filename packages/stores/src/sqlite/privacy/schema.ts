/**
 * The step of the schema for erasure. A tombstone with a reason is that of an erased event and stays for ever; its `seq` is the
 * highest of the versions of the event.
 */
export const erasureSchema = `
  ALTER TABLE tombstones ADD COLUMN reason TEXT;
  DROP INDEX tombstones_by_age;
  CREATE INDEX tombstones_by_age ON tombstones (left_at) WHERE reason IS NULL;
  CREATE INDEX tombstones_erased ON tombstones (seq) WHERE reason IS NOT NULL;`;
