import type { DataKeyStore, WrappedKey } from '../create-vault.ts';

/** Keys without a database. */
export function memoryStore(): DataKeyStore & { rows: WrappedKey[] } {
  const rows: WrappedKey[] = [];
  return {
    rows,
    list: async () => rows,
    add: async (_tenant, key) => {
      if (!rows.some((row) => row.version === key.version && row.purpose === key.purpose)) rows.push(key);
    },
  };
}
