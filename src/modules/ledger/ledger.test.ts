import { fromBase64 } from '../../kit/bytes.ts';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { audit } from '../../platform/audit/audit.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { loadSigner } from '../../platform/crypto/signer.ts';
import { type County, testCounty } from '../../testing/county.ts';
import type { Filed } from '../../testing/desk.ts';
import { checkTenant } from '../cases/index.ts';
import { MOST_SEALED } from './audit-batches.ts';
import { checkHistory } from './check-history.ts';
import { keepHistory, keepMirror } from './keep.ts';
import { provesConsistency } from './rules/merkle.ts';
import { parseNote } from './rules/checkpoint.ts';
import { sha256 } from './store.ts';
import { type Attacker, attack } from './testing/attacker.ts';

let county: County;
let mirror: string;
let filed: Filed[];

beforeAll(async () => {
  county = await testCounty();
  filed = [];
  const actor = systemActor(county.tenant, 'test');
  const entry = { action: 'test.read', targetKind: 'case', targetId: 'c-1', result: 'done' } as const;
  for (const at of [1, 2, 3]) {
    await county.write((tx) => audit(tx, actor, { ...entry, details: { at } }, county.app.now()));
  }
  for (let turn = 0; turn < 5; turn++) filed.push(await county.file('dispatcher'));
  await checkpoint();
  const housing = await county.body('housing');
  for (const { id } of filed.slice(0, 3)) await county.step('dispatcher', 'dispatch', id, { leadId: housing });
  await checkpoint();
  // What somebody else copied and keeps.
  mirror = await mkdtemp(join(tmpdir(), 'gongzhi-mirror-'));
  await cp(county.app.config.historyFolder, mirror, { recursive: true });
});
afterAll(async () => {
  await county.close();
  await rm(mirror, { recursive: true, force: true });
});

async function checkpoint() {
  await county.work();
  county.later(1);
  await keepHistory(county.app);
}

const caseId = (at: number) => filed[at]?.id ?? '';
const keys = () => new Map([[county.app.signer.keyId, county.app.signer.publicKey]]);

/** What verify finds: broken chains, then faults of the log. */
async function verify(read: Attacker['read'], mirrors: readonly string[] = []) {
  const actor = systemActor(county.tenant, 'verify');
  const chains = await checkTenant(read, actor, () => undefined);
  const history = await checkHistory({ read, actor, keys: keys(), mirrors, progress: () => undefined });
  return {
    chains: chains.broken.map(({ number, seq, reason }) => `${number} ${seq} ${reason}`),
    faults: history.faults.map(({ reason, names }) => [reason, ...names].join(' ')),
    orders: chains.orders,
  };
}

function under<T>(work: (attacker: Attacker) => Promise<T>): Promise<T> {
  const name = /\/(t_[0-9a-f]+)\?/.exec(county.data.ownerUrl)?.[1];
  return attack(inject('gongzhiTestServer').superuser.replace('/template?', `/${name}?`), county.tenant, work);
}

describe('history as it was', () => {
  test('holds, also against its copy', async () => {
    expect(await verify(county.read, [county.app.config.historyFolder, mirror])).toEqual({
      chains: [],
      faults: [],
      orders: [],
    });
  });

  test('has a checkpoint whenever something happened, and none when nothing did', async () => {
    const { body } = await county.call(null, 'GET', '/api/public/history/checkpoints');
    expect(body.items.length).toBe(2);
    await keepHistory(county.app);
    expect((await county.call(null, 'GET', '/api/public/history/checkpoints')).body.items.length).toBe(2);
  });

  test('later checkpoints are proved to continue earlier ones', async () => {
    const { body } = await county.call(null, 'GET', '/api/public/history/checkpoints');
    const [to, from] = body.items.map((one: { size: number }) => one.size);
    const reply = await county.call(null, 'GET', `/api/public/history/consistency?from=${from}&to=${to}`);
    const [earlier, later] = [parseNote(reply.body.earlier), parseNote(reply.body.later)];
    if (!earlier || !later) throw new Error('no checkpoints');
    expect(provesConsistency(earlier, later, reply.body.proof.map(fromBase64), sha256)).toBe(true);
  });

  test('stays verifiable after a lawful erasure, which is named', async () => {
    const found = await under(async (attacker) => {
      await attacker.do(
        `UPDATE cases.event_content SET content = NULL, salt = NULL, erased_by = 'PIPL-2026-7',
        erased_at = now() WHERE case_id = $1 AND seq = 1`,
        [caseId(0)],
      );
      return verify(attacker.read, [mirror]);
    });
    expect(found).toEqual({ chains: [], faults: [], orders: [{ order: 'PIPL-2026-7', events: 1 }] });
  });
});

describe('somebody with every right on the database', () => {
  const editLast = (attacker: Attacker) =>
    attacker.do(`UPDATE cases.event SET at = at - interval '1 day' WHERE case_id = $1 AND seq = 2`, [caseId(1)]);
  const number = () => filed[1]?.number;

  test('edits an event: its chain breaks there', async () => {
    const found = await under(async (attacker) => {
      await editLast(attacker);
      return verify(attacker.read);
    });
    expect(found.chains).toEqual([`${number()} 2 event_altered`]);
  });

  test('edits words: the commitment tells', async () => {
    const found = await under(async (attacker) => {
      await attacker.do(
        `UPDATE cases.event_content SET content = content || '{"body": "路灯是好的"}'
        WHERE case_id = $1 AND seq = 1`,
        [caseId(1)],
      );
      return verify(attacker.read);
    });
    expect(found.chains).toEqual([`${number()} 1 content_altered`]);
  });

  test('edits it and hashes the chain anew: the log names the case', async () => {
    const found = await under(async (attacker) => {
      await editLast(attacker);
      await attacker.rehashCase(caseId(1));
      return verify(attacker.read);
    });
    expect(found).toMatchObject({ chains: [], faults: [`event_altered ${number()}: event 2`] });
  });

  test('hashes the log’s entries, too: the tree tells', async () => {
    const found = await under(async (attacker) => {
      await editLast(attacker);
      await attacker.rehashCase(caseId(1));
      await attacker.rehashLeaves();
      return verify(attacker.read);
    });
    expect(found.chains).toEqual([]);
    expect(found.faults.join()).toContain('root_differs');
  });

  test.each([
    ['with the old signature', 'signature_wrong'],
    ['with a signature of his own', 'key_unknown'],
  ])('hashes everything anew, %s: the signature tells', async (how, reason) => {
    const own = await loadSigner({ signingAlgorithm: 'Ed25519', signingKeyFile: join(mirror, 'attacker.pem') });
    const found = await under(async (attacker) => {
      await editLast(attacker);
      await attacker.rehashCase(caseId(1));
      await attacker.rehashLeaves();
      await attacker.rehashTree(how.includes('own') ? own : null);
      return verify(attacker.read);
    });
    expect(found.chains).toEqual([]);
    expect(found.faults.length).toBeGreaterThan(0);
    for (const fault of found.faults) expect(fault).toContain(reason);
  });

  test('cuts the last event off a case: the log knows it had one', async () => {
    const found = await under(async (attacker) => {
      await attacker.do('DELETE FROM cases.event_content WHERE case_id = $1 AND seq = 2', [caseId(1)]);
      await attacker.do('DELETE FROM cases.event WHERE case_id = $1 AND seq = 2', [caseId(1)]);
      await attacker.rehashCase(caseId(1));
      return verify(attacker.read);
    });
    expect(found).toMatchObject({ chains: [], faults: [`event_missing ${number()}: event 2`] });
  });

  test('removes a case whole, its entries included: the log has a gap', async () => {
    const found = await under(async (attacker) => {
      for (const table of ['event_content', 'event', 'case_text']) {
        await attacker.do(`DELETE FROM cases.${table} WHERE case_id = $1`, [caseId(4)]);
      }
      await attacker.do('DELETE FROM cases.case_file WHERE id = $1', [caseId(4)]);
      await attacker.do('DELETE FROM ledger.leaf WHERE subject_id = $1', [caseId(4)]);
      return verify(attacker.read);
    });
    expect(found.faults[0]).toBe('entry_missing');
  });

  test('exchanges the order of two events and hashes the chain anew', async () => {
    const found = await under(async (attacker) => {
      await attacker.do('DELETE FROM cases.event_content WHERE case_id = $1', [caseId(2)]);
      for (const [from, to] of [
        [1, 99],
        [2, 1],
        [99, 2],
      ]) {
        await attacker.do('UPDATE cases.event SET seq = $3 WHERE case_id = $1 AND seq = $2', [caseId(2), from, to]);
      }
      await attacker.do('UPDATE cases.event SET content_commitment = NULL WHERE case_id = $1', [caseId(2)]);
      await attacker.rehashCase(caseId(2));
      return verify(attacker.read);
    });
    expect(found.chains).toEqual([]);
    expect(found.faults[0]).toBe(`event_altered ${filed[2]?.number}: event 1`);
  });

  test('takes the last entry and its checkpoint away: only a copy knows better', async () => {
    const cut = async (attacker: Attacker) => {
      await attacker.do('DELETE FROM ledger.checkpoint WHERE size = (SELECT max(size) FROM ledger.checkpoint)');
      await attacker.do('DELETE FROM ledger.leaf WHERE leaf_index = (SELECT max(leaf_index) FROM ledger.leaf)');
      await attacker.do('UPDATE ledger.log SET size = size - 1');
    };
    const [alone, compared] = await under(async (attacker) => {
      await cut(attacker);
      return [await verify(attacker.read), await verify(attacker.read, [mirror])];
    });
    expect(alone.faults).toEqual([]);
    expect(compared.faults).toEqual(['log_cut_short']);
  });

  test('forges the past and has the platform itself sign it again: the copy names the case', async () => {
    const [alone, compared] = await under(async (attacker) => {
      await editLast(attacker);
      await attacker.rehashCase(caseId(1));
      await attacker.rehashLeaves();
      await attacker.rehashTree(county.app.signer);
      return [await verify(attacker.read), await verify(attacker.read, [mirror])];
    });
    expect(alone).toMatchObject({ chains: [], faults: [] });
    expect(compared.faults[0]).toBe(`mirror_differs case ${caseId(1)}`);
  });

  test('does the same against a copy of the checkpoints alone: its root differs', async () => {
    const found = await under(async (attacker) => {
      await editLast(attacker);
      await attacker.rehashCase(caseId(1));
      await attacker.rehashLeaves();
      await attacker.rehashTree(county.app.signer);
      return verify(attacker.read, [join(mirror, 'checkpoints.log')]);
    });
    expect(found.faults.join()).toContain('mirror_differs');
  });

  test.each([
    [
      'ledger.node SET hash',
      '(level, node_index) = (SELECT level, node_index FROM ledger.node LIMIT 1)',
      'node_altered',
    ],
    ['ledger.checkpoint SET root', 'size = (SELECT min(size) FROM ledger.checkpoint)', 'checkpoint_altered'],
    ['ledger.leaf SET head', 'leaf_index = 0', 'entry_altered'],
  ])('alters what proofs are made of (%s)', async (what, which, reason) => {
    const found = await under(async (attacker) => {
      await attacker.do(`UPDATE ${what} = decode(repeat('00', 32), 'hex') WHERE ${which}`);
      return verify(attacker.read);
    });
    expect(found.faults.join()).toContain(reason);
  });

  test.each([
    ['alters', `UPDATE platform.audit_entry SET actor_id = 'somebody-else' WHERE id = $1`, 'audit_entry_altered'],
    ['removes', 'DELETE FROM platform.audit_entry WHERE id = $1', 'audit_entry_missing'],
  ])('%s an entry of the record of who did what', async (_, statement, reason) => {
    const found = await under(async (attacker) => {
      const { rows } = await attacker.do('SELECT id FROM platform.audit_entry ORDER BY at LIMIT 1');
      await attacker.do(statement, [rows[0].id]);
      return { ...(await verify(attacker.read)), id: rows[0].id };
    });
    expect(found.faults).toEqual([`${reason} ${found.id}`]);
  });

  test('puts an entry of long ago into the record', async () => {
    const found = await under(async (attacker) => {
      await attacker.do(`INSERT INTO platform.audit_entry (tenant_id, id, at, actor_id, actor_kind, action, target_kind,
        target_id, result) SELECT tenant_id, gen_random_uuid(), at - interval '3 days', actor_id, actor_kind, action,
        target_kind, target_id, result FROM platform.audit_entry LIMIT 1`);
      return verify(attacker.read);
    });
    expect(found.faults).toEqual([expect.stringContaining('audit_entry_added')]);
  });

  test('removes entries before their term and says they were old', async () => {
    const found = await under(async (attacker) => {
      await attacker.do('DELETE FROM platform.audit_entry');
      await attacker.do(`UPDATE ledger.audit_batch SET removed_at = last_at + interval '5 months',
        removed_by = gen_random_uuid()`);
      return verify(attacker.read);
    });
    expect(found.faults.join()).toContain('audit_removed_early');
  });
});

describe('the history folder', () => {
  test('and the age of the last checkpoint are told to who watches over the platform', async () => {
    expect(await county.app.metrics.text()).toMatch(/^gongzhi_checkpoint_age_seconds \d+/m);
  });

  test('is not appended to when it knows more than the database, and says so', async () => {
    const { historyFolder } = county.app.config;
    const file = join(historyFolder, 'checkpoints.log');
    const before = await readFile(file, 'utf8');
    const forged = before.replace(/\n(\d+)\n(?!.*\n\d+\n)/, '\n99999\n');
    await writeFile(file, before + forged.slice(0, forged.indexOf('\n\n', forged.indexOf('—')) + 2));
    expect(await keepMirror(county.app)).toEqual({ size: null, problem: 'differs' });
    await writeFile(file, before);
    expect(await keepMirror(county.app)).toMatchObject({ problem: null });
  });

  test('mends what a crash cut short', async () => {
    const { historyFolder } = county.app.config;
    const names = ['checkpoints.log', 'leaves.log'].map((name) => join(historyFolder, name));
    const whole = await Promise.all(names.map((name) => readFile(name, 'utf8')));
    for (const [at, name] of names.entries()) await writeFile(name, whole[at]?.slice(0, -7) ?? '');
    await keepMirror(county.app);
    expect(await Promise.all(names.map((name) => readFile(name, 'utf8')))).toEqual(whole);
  });
});

describe('a proof of one case', () => {
  const script = (file: string, ...more: string[]) =>
    promisify(execFile)(process.execPath, ['docs/verify-proof.mjs', file, ...more]).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        said: error.stdout + error.stderr,
      }),
    );
  const proofOf = async () => (await county.call('dispatcher', 'GET', `/api/cases/${caseId(1)}/proof`)).body;
  const saved = async (proof: unknown) => {
    const file = join(mirror, 'proof.json');
    await writeFile(file, JSON.stringify(proof));
    return file;
  };

  test('is checked by a script that knows nothing of the platform', async () => {
    expect(await script(await saved(await proofOf()))).toMatchObject({
      code: 0,
      said: expect.stringContaining('holds'),
    });
    const lines = (await readFile('docs/verify-proof.mjs', 'utf8')).split('\n').length;
    expect(lines).toBeLessThanOrEqual(101);
  });

  test.each<[string, (proof: Awaited<ReturnType<typeof proofOf>>) => void]>([
    ['another head', (proof) => (proof.case.head = `00${proof.case.head.slice(2)}`)],
    ['another version', (proof) => (proof.case.version = 1)],
    ['another place', (proof) => (proof.index += 1)],
    ['another neighbour', (proof) => (proof.proof[0] = proof.proof[1])],
    ['a neighbour less', (proof) => proof.proof.pop()],
    ['another root', (proof) => (proof.checkpoint = proof.checkpoint.replace(/\n[A-Za-z0-9+/]{4}/, '\nAAAA'))],
    ['another time', (proof) => (proof.checkpoint = proof.checkpoint.replace('time 2026', 'time 2025'))],
  ])('with %s is refused', async (_, spoil) => {
    const proof = await proofOf();
    spoil(proof);
    expect((await script(await saved(proof))).code).toBe(1);
  });

  test('signed with another key than the one known is refused', async () => {
    const other = await loadSigner({ signingAlgorithm: 'Ed25519', signingKeyFile: join(mirror, 'other.pem') });
    const key = join(mirror, 'other.pub');
    await writeFile(key, other.publicKey);
    expect((await script(await saved(await proofOf()), key)).code).toBe(1);
  });

  test('is given to the requester with number and code, and to nobody else without', async () => {
    const own = filed[1];
    if (!own) throw new Error('nothing filed');
    const { number, queryCode } = own;
    const { token } = (await county.call(null, 'POST', '/api/public/tracking', { number, queryCode })).body;
    const mine = await county.call(null, 'GET', '/api/public/history/own-proof', undefined, {
      authorization: `Bearer ${token}`,
    });
    expect(mine.body).toMatchObject({ format: 'gongzhi-proof/1', case: { number } });
    expect((await county.call(null, 'GET', '/api/public/history/own-proof')).code).toBe('auth.required');
    const asPublic = await county.call(null, 'GET', `/api/public/history/cases/${number}/proof`);
    expect(asPublic.code).toBe('ledger.not_public');
  });

  test('waits for the next checkpoint', async () => {
    const fresh = await county.file('dispatcher');
    const reply = await county.call('dispatcher', 'GET', `/api/cases/${fresh.id}/proof`);
    expect([reply.status, reply.code]).toEqual([409, 'ledger.not_yet']);
  });
});

describe('a busy hour', () => {
  test('goes into the log in batches, each entry of the record into one of them', async () => {
    const actor = systemActor(county.tenant, 'test');
    const many = Array.from({ length: MOST_SEALED + 100 }, (_, at) => at);
    const entry = { action: 'test.read', targetKind: 'case', targetId: 'c-2', result: 'done' } as const;
    await county.write((tx) =>
      Promise.all(many.map((at) => audit(tx, actor, { ...entry, details: { at } }, county.app.now()))),
    );
    await checkpoint();

    const { rows } = await county.data.database.read(actor, (tx) =>
      sql<{ batches: number; largest: number; sealed: number; different: number }>`
        SELECT count(DISTINCT b.id)::int AS batches, max(cardinality(b.entry_ids)) AS largest, count(e)::int AS sealed,
          count(DISTINCT e)::int AS different
        FROM ledger.audit_batch b CROSS JOIN LATERAL unnest(b.entry_ids) AS e
        WHERE EXISTS (SELECT 1 FROM platform.audit_entry a WHERE a.id = e AND a.target_id = 'c-2')`.execute(tx),
    );
    expect(rows).toEqual([{ batches: 2, largest: MOST_SEALED, sealed: many.length, different: many.length }]);
    expect((await verify(county.read)).faults).toEqual([]);
  });
});
