import type { Browser } from 'playwright-core';
import { beforeEach, onTestFailed } from 'vitest';
import { takePicturesOfFailure } from './pictures.ts';

/**
 * For a file whose tests are one way, each going on where the last one ended. A part that failed is tried again; only
 * those after it are left out, so that what fails twice is told as failed. Pictures are taken of what fails.
 */
export function walkAsOneWay(browser: () => Browser): void {
  let brokenAt: string | null = null;
  beforeEach((context) => {
    context.skip(brokenAt !== null && brokenAt !== context.task.id, 'the part of the way before this one failed');
    onTestFailed(() => {
      brokenAt ??= context.task.id;
    });
    takePicturesOfFailure(browser, context.task.name);
  });
}
