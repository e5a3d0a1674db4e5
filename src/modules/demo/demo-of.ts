import { systemActor } from '../../platform/auth/actor.ts';
import type { Config } from '../../platform/config/config.ts';
import type { Database } from '../../platform/database/database.ts';
import { findJurisdiction } from '../areas/index.ts';
import { isDemo } from './scenario.ts';

/**
 * Whether this platform is a demo: the settings ask for one, and its first start made one or is still to come. What was
 * begun for service never opens the mailbox that everybody may read, even if a later start is not told again.
 */
export async function demoOf(config: Pick<Config, 'demo' | 'tenant'>, database: Database): Promise<boolean> {
  if (!config.demo) return false;
  return database.read(systemActor(config.tenant, 'start'), async (tx) => {
    return (await isDemo(tx)) || !(await findJurisdiction(tx));
  });
}
