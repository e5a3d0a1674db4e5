import { systemActor } from '../auth/actor.ts';
import type { Database } from '../database/database.ts';
import { type AuditRow, storeEntries } from './audit.ts';

/**
 * Records reading. Readers at the same time share one insert: while one is on its way the next ones gather. `add`
 * settles when its entry is durable, and throws when it could not be kept.
 */
class Recorder {
  readonly #database: Database;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(database: Database) {
    this.#database = database;
  }

  add(row: AuditRow): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      if (!this.#writing) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST);
      try {
        await this.#store(batch.map(({ row }) => row));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }

  async #store(rows: readonly AuditRow[]): Promise<void> {
    const tenants = new Set(rows.map((row) => row.tenant_id));
    for (const tenant of tenants) {
      const own = rows.filter((row) => row.tenant_id === tenant);
      await this.#database.transact(systemActor(tenant, 'audit'), (tx) => storeEntries(tx, own));
    }
  }
}

type Waiting = {
  readonly row: AuditRow;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

const MOST = 200;
const recorders = new WeakMap<Database, Recorder>();

/** Keeps an entry outside any transaction of its own; settles when it is durable. */
export function recordEntry(database: Database, row: AuditRow): Promise<void> {
  const recorder = recorders.get(database) ?? new Recorder(database);
  recorders.set(database, recorder);
  return recorder.add(row);
}
