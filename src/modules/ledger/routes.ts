import { toBase64 } from '../../kit/bytes.ts';
import { parseCaseNumber } from '../../kit/case-number.ts';
import { refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { chainEnds, type StoredCase, findReleasedCase, findStored } from '../cases/index.ts';
import { lastSealed } from './audit-batches.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import * as contract from './contract.ts';
import { mirrorState } from './keep.ts';
import { proveCase, proveConsistency } from './prove.ts';
import { originOf } from './rules/checkpoint.ts';
import {
  checkpointsBefore,
  findCheckpoint,
  latestCheckpoint,
  leavesFrom,
  movedCases,
  type StoredCheckpoint,
  versionsOf,
} from './store.ts';

export function ledgerRoutes(app: App): readonly Route[] {
  tellAge(app);
  return [...publishedRoutes(app), ...proofRoutes(app), stateRoute(app)];
}

function tellAge(app: App): void {
  const { tenant } = app.config;
  const help =
    'Seconds since the last signed checkpoint; missing while there is none. Over an hour while people work is an alarm';
  app.metrics.gauge('gongzhi_checkpoint_age_seconds', help, async () => {
    const last = await app.database.read(systemActor(tenant, 'metrics'), (tx) => latestCheckpoint(tx, tenant));
    return last === null ? null : (app.now().getTime() - last.at.getTime()) / 1000;
  });
}

function publishedRoutes(app: App): readonly Route[] {
  const { signer } = app;
  const key = () => ({
    origin: originOf(app.config.tenant),
    algorithm: signer.algorithm,
    keyId: signer.keyId,
    publicKey: signer.publicKey,
  });
  return [
    route(contract.historyKey, async () => key()),
    route(contract.listCheckpoints, async ({ tx, actor, query }) => {
      const before = query.after === undefined ? Number.MAX_SAFE_INTEGER : Number(query.after);
      const found = await checkpointsBefore(tx, actor.tenant, before, query.limit + 1);
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      return { items: shown.map(present), next: found.length > shown.length && last ? String(last.size) : null };
    }),
    route(contract.latestOne, async ({ tx, actor }) => {
      const latest = await latestCheckpoint(tx, actor.tenant);
      return { ...key(), everyMinutes: app.config.checkpointMinutes, checkpoint: latest && present(latest) };
    }),
    route(contract.getCheckpoint, async ({ tx, actor, params }) => {
      const found = await findCheckpoint(tx, actor.tenant, params.size);
      return found ? present(found) : refuse('ledger.no_checkpoint');
    }),
    route(contract.getConsistency, ({ tx, actor, query }) => proveConsistency(tx, actor.tenant, query.from, query.to)),
    route(contract.listLeaves, async ({ tx, actor, query }) => {
      // Only what a checkpoint covers is published: what is signed and what can be recomputed are the same.
      const covered = (await latestCheckpoint(tx, actor.tenant))?.size ?? 0;
      const limit = Math.max(0, Math.min(query.limit, covered - query.from));
      const leaves = limit === 0 ? [] : await leavesFrom(tx, actor.tenant, query.from, limit);
      return { from: query.from, items: leaves.map((leaf) => toBase64(leaf.hash)) };
    }),
  ];
}

function proofRoutes(app: App): readonly Route[] {
  const { signer } = app;
  return [
    route(contract.releasedProof, async ({ tx, actor, params }) => {
      const number = parseCaseNumber(params.number)?.number;
      const found = number === undefined ? null : await findReleasedCase(tx, actor, number);
      return found ? proveCase(tx, signer, actor.tenant, found) : refuse('ledger.not_public');
    }),
    route(contract.ownProof, async ({ tx, actor }) => {
      const caseId = actor.kind === 'resident' ? actor.caseId : null;
      const stored = caseId === null ? null : await findStored(tx, actor, caseId, false);
      if (!stored) return refuse('ledger.case_needed');
      return proveCase(tx, signer, actor.tenant, stored.state);
    }),
    route(contract.officeProof, async ({ tx, actor, target }) =>
      proveCase(tx, signer, actor.tenant, (target as StoredCase).state),
    ),
  ];
}

function stateRoute(app: App): Route {
  return route(contract.historyState, async ({ tx, actor }) => {
    const latest = await latestCheckpoint(tx, actor.tenant);
    const mirror = mirrorState(app);
    return {
      checkpoint: latest && present(latest),
      everyMinutes: app.config.checkpointMinutes,
      waiting: await countWaiting(tx, actor),
      mirrored: mirror.size,
      mirrorProblem: mirror.problem,
      folder: app.config.historyFolder,
      auditSealedTo: (await lastSealed(tx, actor.tenant))?.toISOString() ?? null,
      auditMonths: app.config.auditMonths,
    };
  });
}

/** A case may be noted although the log has taken it in since. */
async function countWaiting(tx: ReadTx, actor: Actor): Promise<number> {
  const ids = await movedCases(tx, actor.tenant, 1000);
  const known = await versionsOf(tx, actor.tenant, ids);
  const ends = await chainEnds(tx, actor, ids);
  return ends.filter((end) => end.length > (known.get(end.id) ?? 0)).length;
}

function present({ size, at, root, keyId, note }: StoredCheckpoint) {
  return { size, at: at.toISOString(), root: toBase64(root), keyId, note };
}
