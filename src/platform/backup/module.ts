import { type Module, route } from '../app.ts';
import { defineTexts } from '../i18n/texts.ts';
import { startJob } from '../jobs/job.ts';
import { backupState } from './contract.ts';
import { backUpWhenDue, lastRuns, stateOf } from './schedule.ts';

/** Backups by schedule, and how they stand. By hand: the commands `backup` and `restore`. */
export const backupModule: Module = {
  name: 'backup',
  texts: defineTexts({ 'zh-CN': {}, en: {} }),
  refusals: {},
  grants: { administrator: ['backup.read'], security_administrator: ['backup.read'], auditor: ['backup.read'] },
  contracts: [backupState],
  routes: (app) => [
    route(backupState, async ({ tx, actor }) => {
      const { backupAt, backupKeep, backupKeyFile } = app.config;
      const runs = await lastRuns(tx, actor.tenant, 10);
      return {
        state: stateOf(app, runs),
        at: backupAt,
        keep: backupKeep,
        encrypted: backupKeyFile !== null,
        runs: runs.map(({ startedAt, finishedAt, ...rest }) => ({
          ...rest,
          startedAt: startedAt.toISOString(),
          finishedAt: finishedAt.toISOString(),
        })),
      };
    }),
  ],
  workers: (app) => [startJob({ app, name: 'backup', every: 60_000, run: () => backUpWhenDue(app) })],
};
