import type pg from 'pg';
import type { Account } from './account.ts';

type Row = {
  id: string;
  name: string;
  email: string;
  username: string;
  suspendedAt: Date | null;
  createdAt: Date;
};

/** Mail addresses are required and unique in the library's table; who has none gets one that cannot exist (RFC 2606). */
const NO_MAIL = '@none.invalid';

export function storedMail(username: string, mail: string | null | undefined): string {
  return mail ? mail.toLowerCase() : `${username.toLowerCase()}${NO_MAIL}`;
}

export function accountFrom(row: Omit<Row, 'username'> & { readonly username?: string | null | undefined }): Account {
  return {
    id: row.id,
    username: row.username ?? '',
    name: row.name,
    mail: row.email.endsWith(NO_MAIL) ? null : row.email,
    suspendedAt: row.suspendedAt,
    createdAt: row.createdAt,
  };
}

const COLUMNS = '"id", "name", "email", "username", "suspendedAt", "createdAt"';

/** Reads accounts of one tenant; the pool's search_path leads to schema auth. */
export class AccountStore {
  readonly #pool: pg.Pool;
  readonly #tenant: number;

  constructor(pool: pg.Pool, tenant: number) {
    this.#pool = pool;
    this.#tenant = tenant;
  }

  async findByUsername(username: string): Promise<Account | null> {
    return this.#one(`SELECT ${COLUMNS} FROM "user" WHERE "tenant" = $1 AND "username" = $2`, username.toLowerCase());
  }

  async findById(userId: string): Promise<Account | null> {
    return this.#one(`SELECT ${COLUMNS} FROM "user" WHERE "tenant" = $1 AND "id" = $2`, userId);
  }

  /** Usernames are unique across tenants, since they share the table. */
  async isTaken(username: string): Promise<boolean> {
    const found = await this.#pool.query('SELECT 1 FROM "user" WHERE "username" = $1', [username.toLowerCase()]);
    return found.rows.length > 0;
  }

  /** What the account's password is compared with; null without one. */
  async passwordHash(userId: string): Promise<string | null> {
    const found = await this.#pool.query<{ password: string | null }>(
      `SELECT "password" FROM "account" WHERE "userId" = $1 AND "providerId" = 'credential'`,
      [userId],
    );
    return found.rows[0]?.password ?? null;
  }

  async list(after: string, limit: number): Promise<readonly Account[]> {
    const found = await this.#pool.query<Row>(
      `SELECT ${COLUMNS} FROM "user" WHERE "tenant" = $1 AND "username" > $2 ORDER BY "username" LIMIT $3`,
      [this.#tenant, after, limit],
    );
    return found.rows.map(accountFrom);
  }

  async isEmpty(): Promise<boolean> {
    const found = await this.#pool.query('SELECT 1 FROM "user" WHERE "tenant" = $1 LIMIT 1', [this.#tenant]);
    return found.rows.length === 0;
  }

  /** Ends or restores admission; null when there is no such account here. */
  async setSuspended(userId: string, at: Date | null): Promise<Account | null> {
    return this.#one(
      `UPDATE "user" SET "suspendedAt" = $3, "updatedAt" = now() WHERE "tenant" = $1 AND "id" = $2 RETURNING ${COLUMNS}`,
      userId,
      at,
    );
  }

  async #one(statement: string, key: string, ...more: readonly unknown[]): Promise<Account | null> {
    const found = await this.#pool.query<Row>(statement, [this.#tenant, key, ...more]);
    return found.rows[0] ? accountFrom(found.rows[0]) : null;
  }
}
