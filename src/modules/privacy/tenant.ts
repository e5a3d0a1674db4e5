import { sql } from 'kysely';

/** The tenant of the running transaction, for filters; row security demands the same. */
export const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;
