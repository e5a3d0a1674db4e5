import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { App } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { PROJECT } from '../../platform/database/migrations.ts';
import { listClasses } from '../catalogue/index.ts';
import { scrub } from './rules/scrub.ts';
import { takesOver } from './rules/verdict.ts';
import { activate, activeModel, confirmedTexts, nextVersion, storeModel } from './store.ts';
import { endTraining, moveTraining } from './trainings.ts';

export type ThreadText = { readonly title: string | null; readonly body: string; readonly label: string };
export type ThreadWork = {
  readonly base: readonly ThreadText[];
  readonly confirmed: readonly ThreadText[];
  readonly path: string;
};
export type ThreadAnswer = { readonly kind: 'share'; readonly share: number } | ({ readonly kind: 'done' } & Trained);
type Trained = {
  readonly examples: number;
  readonly confirmed: number;
  readonly macroF1: number | null;
  readonly accuracy: number | null;
  readonly seconds: number;
};

/** Of more confirmed cases the newest teach: classes and offices change. */
const MOST_CONFIRMED = 50_000;
const EXAMPLES = join(PROJECT, 'database', 'seeds', 'triage-examples.json');
const examplesSchema = z.object({ examples: z.record(z.string(), z.array(z.string())) });

export const modelPath = (app: Pick<App, 'config'>, version: number): string =>
  join(app.config.dataDir, 'models', `triage-${app.config.tenant}-${version}.model`);

/** Trains the next version in a thread of its own and puts it into use, unless it is clearly worse. */
export async function runTraining(app: App, id: string, by: string): Promise<number | null> {
  const actor = systemActor(app.config.tenant, 'triage');
  try {
    const work = await app.database.read(actor, (tx) => workFor(app, tx));
    await mkdir(join(app.config.dataDir, 'models'), { recursive: true, mode: 0o700 });
    const trained = await inThread(work, (share) => {
      void app.database.transact(actor, (tx) => moveTraining(tx, id, share, app.now())).catch(() => undefined);
    });
    const digest = createHash('sha256')
      .update(await readFile(work.path))
      .digest('hex');
    await app.database.transact(actor, async (tx) => {
      const inUse = await activeModel(tx);
      const { version } = work;
      const kind = trained.confirmed === 0 ? 'base' : 'county';
      await storeModel(tx, { ...trained, version, kind, madeAt: app.now(), by, digest, active: false });
      if (inUse === null || takesOver(trained.macroF1, inUse.macroF1)) await activate(tx, version);
      await endTraining(tx, id, version);
    });
    return work.version;
  } catch (error) {
    await app.database.transact(actor, (tx) => endTraining(tx, id, null)).catch(() => undefined);
    throw error;
  }
}

async function workFor(app: App, tx: ReadTx): Promise<ThreadWork & { readonly version: number }> {
  const version = await nextVersion(tx);
  const base = await baseTexts(tx, app.now());
  const known = new Set(base.map(({ label }) => label));
  const confirmed = (await confirmedTexts(tx, MOST_CONFIRMED))
    .filter(({ label }) => known.has(label))
    .map(({ title, body, label }) => ({ title: scrub(title), body: scrub(body), label }));
  return { base, confirmed, version, path: modelPath(app, version) };
}

/** What every county begins with: names and words of its open classes, and invented requests. */
export async function baseTexts(tx: ReadTx, now: Date): Promise<readonly ThreadText[]> {
  const { examples } = examplesSchema.parse(JSON.parse(await readFile(EXAMPLES, 'utf8')));
  const classes = await listClasses(tx, now);
  const parents = new Set(classes.flatMap(({ parentCode }) => (parentCode === null ? [] : [parentCode])));
  return classes
    .filter(({ code }) => !parents.has(code))
    .flatMap(({ code, nameZh, nameEn, keywords }) =>
      [nameZh, nameEn, ...keywords, ...(examples[code] ?? [])].map((body) => ({ title: null, body, label: code })),
    );
}

function inThread(work: ThreadWork, onShare: (share: number) => void): Promise<Trained> {
  return new Promise((resolve, reject) => {
    // Without the flags of this process: a test runner's loader has no business in there.
    const thread = new Worker(new URL('./train-thread.ts', import.meta.url), { workerData: work, execArgv: [] });
    thread.unref();
    let told = 0;
    thread.on('message', (answer: ThreadAnswer) => {
      if (answer.kind === 'done') resolve(answer);
      else if (answer.share - told >= 0.05) {
        told = answer.share;
        onShare(answer.share);
      }
    });
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`the training ended with ${code}`)));
  });
}
