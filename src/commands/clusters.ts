import { clustersCommand, ClustersError } from '../modules/clusters/index.ts';
import { openTable } from '../modules/imports/index.ts';
import type { Arguments } from '../platform/config/config.ts';

/** Finds the hot issues of a file of requests; needs neither database nor network. */
export async function clustersFileCommand({ words, flags }: Arguments): Promise<number> {
  const [, path, more] = words;
  const map = flags.get('map');
  if (path === undefined || more !== undefined || map === undefined)
    throw new ClustersError('usage: clusters FILE --map MAP [--json]');
  return clustersCommand({ path, map, open: () => openTable(path) }, flags.has('json'));
}
