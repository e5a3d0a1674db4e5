import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { viewContext } from './context.ts';
import type { CaseView } from './contract.ts';
import { presentCase } from './present.ts';
import type { StoredCase } from './stored.ts';

/** The whole page of a case as the actor sees it; whether he may see it the caller has found out. */
export async function viewCase(
  tx: ReadTx,
  app: Pick<App, 'vault' | 'permissions'>,
  actor: Actor,
  stored: StoredCase,
  now: Date,
): Promise<CaseView> {
  return presentCase(tx, app, actor, stored, await viewContext(tx, actor, stored.state, now));
}
