import { refuse } from '../../kit/result.ts';
import type { TargetResolver } from '../../platform/app.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { covers, type Permissions, postsFor } from '../../platform/auth/permission.ts';
import { findArea, lockArea } from './store.ts';

/** Areas are public; what changes one needs a post whose scope covers it. */
export function areaResolver(permissions: Permissions): TargetResolver {
  return async (tx, actor, action, id, { lock }) => {
    // The HTTP layer asks for a lock only inside the transaction of a writing route.
    const area = lock ? await lockArea(tx as WriteTx, id) : await findArea(tx, id);
    if (!area) return refuse('areas.not_found', { code: id.slice(0, 20) });
    return covers(postsFor(permissions, actor, action), area.code) ? area : refuse('auth.forbidden');
  };
}
