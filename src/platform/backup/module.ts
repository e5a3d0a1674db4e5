import { type App, type Module, type Route, route } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import { defineTexts } from '../i18n/texts.ts';
import { startJob } from '../jobs/job.ts';
import { backupState } from './contract.ts';
import { backUpWhenDue, lastDone, lastRuns, stateOf } from './schedule.ts';

/** Backups by schedule, and how they stand. By hand: the commands `backup` and `restore`. */
export const backupModule: Module = {
  name: 'backup',
  texts: defineTexts({ 'zh-CN': {}, en: {} }),
  refusals: {},
  grants: { administrator: ['backup.read'], security_administrator: ['backup.read'], auditor: ['backup.read'] },
  contracts: [backupState],
  routes: (app) => {
    tellAge(app);
    return [stateRoute(app)];
  },
  workers: (app) => [startJob({ app, name: 'backup', every: 60_000, run: () => backUpWhenDue(app) })],
};

function stateRoute(app: App): Route {
  return route(backupState, async ({ tx, actor }) => {
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
  });
}

function tellAge(app: App): void {
  const { tenant } = app.config;
  const help =
    'Seconds since the last whole backup by schedule; missing while none was made. Over two days is an alarm';
  app.metrics.gauge('gongzhi_backup_age_seconds', help, async () => {
    const at = await app.database.read(systemActor(tenant, 'metrics'), (tx) => lastDone(tx, tenant));
    return at === null ? null : (app.now().getTime() - at.getTime()) / 1000;
  });
}
