// Imports nothing: the baseline of the import times.
globalThis.imported = undefined;
