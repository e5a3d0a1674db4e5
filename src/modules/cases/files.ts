import { refuse } from '../../kit/result.ts';
import type { App, TargetResolver } from '../../platform/app.ts';
import { findFile } from '../../platform/files/index.ts';
import { sees } from './sees.ts';
import { findStored } from './stored.ts';

/** A file is seen by whoever sees the case it belongs to; before it belongs to one, by who uploaded it. */
export function caseFileTarget(app: App): TargetResolver {
  return async (tx, actor, _action, id) => {
    if (actor.kind !== 'officer' || !/^[0-9a-f-]{36}$/.test(id)) return refuse('files.not_found');
    const file = await findFile(tx, id);
    if (!file) return refuse('files.not_found');
    if (!file.owner) return file.createdBy === actor.userId ? file : refuse('files.not_found');
    const stored = file.owner.kind === 'case' ? await findStored(tx, actor, file.owner.id, false) : null;
    return stored && sees(app, actor, stored) ? file : refuse('files.not_found');
  };
}
