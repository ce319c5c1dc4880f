// An empty process but for this.
globalThis.imported = undefined;
