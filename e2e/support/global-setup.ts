import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { newDataDir } from './platform-process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder for what the run's test files share; see demo.ts. */
    e2eFolder: string;
  }
}

/** Only a folder: what is put there is made by the first test file that needs it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await newDataDir();
  project.provide('e2eFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}
