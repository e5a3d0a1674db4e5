import { readToken, signToken } from '../crypto/token.ts';
import type { Vault } from '../crypto/vault.ts';

/** As long as a page may stay open before it loads its pictures anew. */
const LINK_SECONDS = 7200;

export type FileLinks = { readonly url: string; readonly thumbnailUrl: string };

/**
 * Addresses under which a resident's browser gets a file he was found to be allowed to see: an `<img>` sends no
 * Authorization header. Good for two hours, for this file alone.
 */
export function residentFileLinks(vault: Vault, id: string, now: Date): FileLinks {
  const key = signToken(vault, 'file', { file: id, tenant: vault.tenant }, LINK_SECONDS, now);
  return linksOf(id, `?key=${key}`);
}

/** Addresses of the released version; anyone may open them. */
export function releasedFileLinks(id: string): FileLinks {
  return linksOf(id, '');
}

function linksOf(id: string, query: string): FileLinks {
  return { url: `/api/public/files/${id}${query}`, thumbnailUrl: `/api/public/files/${id}/thumbnail${query}` };
}

export function linkOpens(vault: Vault, id: string, key: string, now: Date): boolean {
  const payload = readToken(vault, 'file', key, now);
  return payload?.file === id && payload.tenant === vault.tenant;
}
