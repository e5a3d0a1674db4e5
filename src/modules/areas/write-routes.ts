import { isRefusal } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { type AuditDetails, audit } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { publishAll } from '../../platform/outbox/outbox.ts';
import { addAddress, removeAddress } from './addresses.ts';
import { addChild, closeArea, correctArea, mergeAreas, removeBoundary, splitArea } from './change-areas.ts';
import * as contract from './contract.ts';
import { importAddresses } from './import-addresses.ts';
import { importGrids } from './import-grids.ts';
import { keepReport, type Outcome, presentReport } from './import-reports.ts';
import { presentArea } from './present.ts';
import type { Ending } from './rehome.ts';
import type { Area } from './rules/area.ts';
import { changeSet, closeSet, createSet, deleteSet } from './sets.ts';

export function writeRoutes(app: App): readonly Route[] {
  return [...areaRoutes(), ...setRoutes(), ...addressRoutes(), ...importRoutes(app)];
}

type By = { readonly tx: WriteTx; readonly actor: Actor; readonly now: Date; readonly address: string };

/** Notes who did it, and tells those who follow what ended and what came after it. */
async function note(by: By, action: string, area: string, details: AuditDetails, endings: readonly Ending[] = []) {
  const { tx, actor, now, address } = by;
  await audit(
    tx,
    actor,
    { action: `areas.${action}`, targetKind: 'area', targetId: area, result: 'done', details, address },
    now,
  );
  await publishAll(
    tx,
    endings.map(({ code, successors, manner }) => ({
      tenant: actor.tenant,
      kind: 'area.closed',
      subject: code,
      at: now,
      payload: { code, successors, manner },
    })),
  );
}

function areaRoutes(): readonly Route[] {
  return [
    route(contract.createChild, async (call) => {
      const { tx, target, body, now } = call;
      const made = await addChild(tx, target as Area, body, now);
      if (isRefusal(made)) return made;
      await note(call, 'create_child', made.area.code, { kind: made.area.kind }, made.endings);
      return presentArea(tx, made.area, now);
    }),
    route(contract.changeArea, async (call) => {
      const { tx, target, body, now } = call;
      const changed = await correctArea(tx, target as Area, body);
      if (isRefusal(changed)) return changed;
      const fields = Object.keys(body).filter((field) => field !== 'version');
      await note(call, 'change_area', changed.area.code, { fields });
      return presentArea(tx, changed.area, now);
    }),
    route(contract.closeArea, async (call) => {
      const { tx, target, body, now } = call;
      const closed = await closeArea(tx, target as Area, body, now);
      if (isRefusal(closed)) return closed;
      await note(call, 'close_area', closed.area.code, { successors: body.successors }, closed.endings);
      return presentArea(tx, closed.area, now);
    }),
    route(contract.mergeAreas, async (call) => {
      const { tx, target, body, now } = call;
      const merged = await mergeAreas(tx, target as Area, body, now);
      if (isRefusal(merged)) return merged;
      await note(call, 'merge_areas', merged.area.code, { merged: body.codes }, merged.endings);
      return presentArea(tx, merged.area, now);
    }),
    route(contract.splitArea, async (call) => {
      const { tx, target, body, now } = call;
      const split = await splitArea(tx, target as Area, body, now);
      if (isRefusal(split)) return split;
      const parts = split.parts.map((part) => part.code);
      await note(call, 'split_area', split.closed.code, { parts }, split.endings);
      return {
        closed: await presentArea(tx, split.closed, now),
        parts: await Promise.all(split.parts.map((part) => presentArea(tx, part, now))),
      };
    }),
    route(contract.removeBoundary, async (call) => {
      const { tx, target, now } = call;
      const removed = await removeBoundary(tx, target as Area);
      if (isRefusal(removed)) return removed;
      await note(call, 'remove_boundary', removed.area.code, {});
      return presentArea(tx, removed.area, now);
    }),
  ];
}

function setRoutes(): readonly Route[] {
  const noteSet = ({ tx, actor, now, address }: By, action: string, id: string, details: AuditDetails = {}) =>
    audit(
      tx,
      actor,
      { action: `areas.${action}`, targetKind: 'area_set', targetId: id, result: 'done', details, address },
      now,
    );
  return [
    route(contract.createSet, async (call) => {
      const made = await createSet(call.tx, call.body, call.now);
      if (!isRefusal(made))
        await noteSet(call, 'create_set', made.id, { kind: made.kind, members: call.body.members.length });
      return made;
    }),
    route(contract.changeSet, async (call) => {
      const changed = await changeSet(call.tx, call.params.id, call.body, call.now);
      const fields = Object.keys(call.body).filter((field) => field !== 'version');
      if (!isRefusal(changed)) await noteSet(call, 'change_set', changed.id, { fields });
      return changed;
    }),
    route(contract.closeSet, async (call) => {
      const closed = await closeSet(call.tx, call.params.id, call.body, call.now);
      if (!isRefusal(closed)) await noteSet(call, 'close_set', closed.id);
      return closed;
    }),
    route(contract.deleteSet, async (call) => {
      const gone = await deleteSet(call.tx, call.params.id);
      if (!isRefusal(gone)) await noteSet(call, 'delete_set', call.params.id);
      return gone;
    }),
  ];
}

function addressRoutes(): readonly Route[] {
  return [
    route(contract.createAddress, async (call) => {
      const { tx, target, body } = call;
      const made = await addAddress(tx, target as Area, body);
      if (!isRefusal(made)) await note(call, 'create_address', made.grid.code, { address: made.id });
      return made;
    }),
    route(contract.deleteAddress, async (call) => {
      const { tx, actor, now, address, params } = call;
      const gone = await removeAddress(tx, params.id);
      const entry = {
        action: 'areas.delete_address',
        targetKind: 'address',
        targetId: params.id,
        result: 'done',
      } as const;
      if (!isRefusal(gone)) await audit(tx, actor, { ...entry, address }, now);
      return gone;
    }),
  ];
}

function importRoutes(app: App): readonly Route[] {
  type ImportCall = By & {
    readonly locale: Parameters<typeof presentReport>[1];
    readonly body: { readonly dryRun: boolean };
  };
  const report = async (call: ImportCall, outcome: Outcome, endings: readonly Ending[] = []) => {
    const { tx, actor, now, locale } = call;
    const id = call.body.dryRun ? null : await keepReport(tx, actor, outcome, now);
    if (id !== null) {
      const figures = { total: outcome.total, rejected: outcome.issues.length };
      await note(call, `import_${outcome.subject}`, id, figures, endings);
    }
    return presentReport(app.texts, locale, { id, at: now, ...outcome });
  };
  return [
    route(contract.importGrids, async (call) => {
      const done = await importGrids(call.tx, call.body.csv, call.body.dryRun, call.now);
      return isRefusal(done) ? done : report(call, done.outcome, done.endings);
    }),
    route(contract.importBoundaries, async (call) => {
      const { geojson, level = null, attribution = null, dryRun } = call.body;
      // With all that compares shapes, which no start waits for.
      const { importBoundaries } = await import('./import-boundaries.ts');
      const done = await importBoundaries(call.tx, { geojson, level, attribution, dryRun }, call.now);
      return isRefusal(done) ? done : report(call, done);
    }),
    route(contract.importAddresses, async (call) => {
      const done = await importAddresses(call.tx, call.body.csv, call.body.dryRun, call.now);
      return isRefusal(done) ? done : report(call, done);
    }),
  ];
}
