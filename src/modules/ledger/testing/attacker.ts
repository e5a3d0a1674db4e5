import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import pg from 'pg';
import type { ReadTx } from '../../../platform/database/database.ts';
import { TransactionConnection, transactionBuilder } from '../../../platform/database/transaction.ts';
import { valueTypes } from '../../../platform/database/values.ts';
import { checkpointBody, noteOf, originOf, parseNote } from '../rules/checkpoint.ts';
import { type LeafKind, leafEntry } from '../rules/leaf.ts';
import { append, EMPTY_TREE, leafHash, rootOfTree } from '../rules/merkle.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex');

type Signs = { readonly keyId: string; sign(bytes: Uint8Array): Buffer } | null;

/**
 * Somebody with every right on the database and full knowledge of how hashes are made, but without the signing key.
 * What he does happens in a transaction that is undone in the end.
 */
export class Attacker {
  readonly #client: pg.PoolClient;
  readonly #tenant: number;

  constructor(client: pg.PoolClient, tenant: number) {
    this.#client = client;
    this.#tenant = tenant;
  }

  async do(statement: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
    await this.#client.query("SET LOCAL session_replication_role = 'replica'"); // no foreign key stops him
    return this.#client.query(statement, [...values]);
  }

  /** What verify sees of his work. */
  read = async <T>(work: (tx: ReadTx) => Promise<T>): Promise<T> => {
    const connection = new TransactionConnection({ client: this.#client, begun: Promise.resolve() }, (reason) =>
      Promise.reject(reason),
    );
    try {
      return await work(transactionBuilder(connection));
    } finally {
      await connection.end();
    }
  };

  /** Hashes a case's chain anew, so that it fits together whatever was done to it. */
  async rehashCase(caseId: string): Promise<void> {
    const { rows } = await this.do('SELECT * FROM cases.event WHERE case_id = $1 ORDER BY seq', [caseId]);
    let previous: Uint8Array = Buffer.alloc(32);
    for (const row of rows) {
      const text = canonicalize({
        tenant: this.#tenant,
        caseId,
        seq: row.seq,
        kind: row.kind,
        at: row.at.toISOString(),
        actor: row.actor_id,
        actorKind: row.actor_kind,
        party: row.party,
        organisation: row.organisation_id,
        payload: row.payload,
        content: hex(row.content_commitment),
        files: row.file_ids,
        fileHashes: row.file_hashes,
        previous: hex(previous),
      });
      const hash = sha256(Buffer.from(text ?? ''));
      const values = [caseId, row.seq, previous, hash];
      await this.do('UPDATE cases.event SET previous_hash = $3, hash = $4 WHERE case_id = $1 AND seq = $2', values);
      previous = hash;
    }
    const end = [caseId, rows.length, previous];
    await this.do('UPDATE cases.case_file SET chain_length = $2, chain_head = $3 WHERE id = $1', end);
  }

  /** Makes the log's entries say what the chains say now. */
  async rehashLeaves(): Promise<void> {
    await this.do(`UPDATE ledger.leaf l SET head = e.hash FROM cases.event e
      WHERE l.kind = 'case' AND e.case_id = l.subject_id AND e.seq = l.version`);
    for (const leaf of await this.#leaves()) {
      await this.do('UPDATE ledger.leaf SET hash = $2 WHERE leaf_index = $1', [leaf.leaf_index, hashOf(leaf)]);
    }
  }

  /** Makes nodes and checkpoints fit the entries; signed with a key of his own, or still with the old signature. */
  async rehashTree(signer: Signs): Promise<void> {
    const { rows } = await this.do('SELECT size, note FROM ledger.checkpoint ORDER BY size');
    const leaves = await this.#leaves();
    await this.do('DELETE FROM ledger.node');
    let tree = EMPTY_TREE;
    for (const { size, note } of rows) {
      const grown = append(tree, leaves.slice(tree.size, Number(size)).map(hashOf), sha256);
      tree = grown.tree;
      for (const { level, index, hash } of grown.made) {
        const values = [this.#tenant, level, index, hash];
        await this.do('INSERT INTO ledger.node (tenant_id, level, node_index, hash) VALUES ($1, $2, $3, $4)', values);
      }
      const old = parseNote(note);
      if (!old) throw new Error('no checkpoint to forge');
      const root = Buffer.from(rootOfTree(tree, sha256));
      const body = checkpointBody({ ...old, origin: originOf(this.#tenant), root });
      const forged = noteOf(body, signer?.keyId ?? old.keyId, signer?.sign(Buffer.from(body)) ?? old.signature);
      await this.do('UPDATE ledger.checkpoint SET root = $2, note = $3 WHERE size = $1', [size, root, forged]);
    }
  }

  async #leaves(): Promise<readonly LeafRow[]> {
    return (await this.do('SELECT * FROM ledger.leaf ORDER BY leaf_index')).rows;
  }
}

type LeafRow = {
  leaf_index: number;
  tenant_id: number;
  kind: LeafKind;
  subject_id: string;
  version: number;
  head: Buffer;
};

function hashOf(row: LeafRow): Buffer {
  const { tenant_id: tenant, kind, subject_id: subjectId, version, head } = row;
  return Buffer.from(leafHash(leafEntry({ tenant, kind, subjectId, version, head }), sha256));
}

/** Lets the attacker work on a database and undoes it. */
export async function attack<T>(
  superuserUrl: string,
  tenant: number,
  work: (attacker: Attacker) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: superuserUrl, types: valueTypes, max: 1 });
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    return await work(new Attacker(client, tenant));
  } finally {
    await client.query('ROLLBACK');
    client.release();
    await pool.end();
  }
}
