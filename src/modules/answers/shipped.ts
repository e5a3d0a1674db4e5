import { readFile } from 'node:fs/promises';
import type { Template } from './rules/template.ts';

type Seed = Omit<Template, 'version' | 'ended' | 'since'>;

let loaded: Promise<readonly Template[]> | undefined;

/** The templates the platform comes with, as version 1 of each; read once a process. */
export function shippedTemplates(): Promise<readonly Template[]> {
  loaded ??= read();
  return loaded;
}

async function read(): Promise<readonly Template[]> {
  const file = new URL('../../../database/seeds/answer-templates.json', import.meta.url);
  const { templates } = JSON.parse(await readFile(file, 'utf8')) as { readonly templates: readonly Seed[] };
  return templates.map((seed) => ({ ...seed, version: 1, ended: false, since: null }));
}
