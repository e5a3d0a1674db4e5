import type { App } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { startJob } from '../../platform/jobs/job.ts';
import type { Worker } from '../../platform/worker.ts';
import { triageSettings } from '../catalogue/index.ts';
import { activeModel, countDecided, purgeOutcomes } from './store.ts';
import { runTraining } from './training.ts';
import { beginTraining } from './trainings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONTH_MS = 30 * DAY_MS;

/** Trains the base at the first start and a new version when enough was confirmed; forgets what is old. */
export function keepUp(app: App): Worker {
  const actor = systemActor(app.config.tenant, 'triage');
  return startJob({
    app,
    name: 'triage',
    every: HOUR_MS,
    run: async (stopping) => {
      const now = app.now();
      const id = await app.database.transact(actor, async (tx) => {
        const { retrainDays, retrainCases, keepMonths } = await triageSettings(tx, now);
        await purgeOutcomes(tx, new Date(now.getTime() - keepMonths * MONTH_MS));
        const inUse = await activeModel(tx);
        if (inUse !== null && now.getTime() - inUse.madeAt.getTime() < retrainDays * DAY_MS) return null;
        if (inUse !== null && (await countDecided(tx, inUse.madeAt)).decided < retrainCases) return null;
        return beginTraining(tx, 'system:triage', now);
      });
      if (id !== null && !stopping()) await runTraining(app, id, 'system:triage');
    },
  });
}
