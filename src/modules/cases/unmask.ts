import { type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { covers, postsFor } from '../../platform/auth/permission.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { type PlainRequester, unmaskRequester } from '../requesters/index.ts';
import { handlingOrganisations } from './rules/independence.ts';
import type { StoredCase } from './stored.ts';

export type Asked = { readonly reason: string; readonly at: Date; readonly address: string };

/**
 * Who asked in a case, in plain words, for an officer who may know and said why; recorded, and told to the requester.
 * The route has found out that he sees the case and holds `cases.unmask`.
 * Refuses `cases.no_requester`, `cases.unmask_not_for_handlers`.
 */
export async function unmaskForCase(
  tx: WriteTx,
  app: Pick<App, 'permissions' | 'vault'>,
  actor: Actor,
  { state }: StoredCase,
  asked: Asked,
): Promise<Result<PlainRequester>> {
  if (!state.requesterId) return refuse('cases.no_requester');
  // Whoever handles a case reaches the requester through the platform; only those who hold the line may see who he is.
  const handling = new Set(handlingOrganisations(state));
  const posts = postsFor(app.permissions, actor, 'cases.unmask');
  const independent = posts.find((post) => !handling.has(post.organisationId) && covers([post], state.areaCode));
  if (!independent) return refuse('cases.unmask_not_for_handlers');
  const look = { ...asked, organisationId: independent.organisationId };
  return unmaskRequester(tx, app.vault, actor, state.requesterId, look);
}
