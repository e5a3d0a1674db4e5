import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { startDemo } from './support/demo.ts';
import { officer, sees } from './support/people.ts';
import { takePicturesOfFailure } from './support/pictures.ts';
import type { Platform } from './support/platform-process.ts';

// Two dispatchers at one case. The event stream of the slower one is cut, as a bad line would, so that he acts on what
// he saw before.
let platform: Platform;
let browser: Browser;

beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
});

beforeEach((context) => takePicturesOfFailure(() => browser, context.task.name));

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

/** A fresh request in the town that both dispatchers cover. */
async function fileRequest(title: string): Promise<string> {
  const clerk = await officer(browser, platform, 'dispatcher');
  const answer = await clerk.request.post('/api/cases', {
    headers: { 'idempotency-key': crypto.randomUUID(), origin: platform.url },
    data: {
      title,
      body: '路灯整夜不亮，请派人看看。',
      classCode: '1101',
      place: { areaCode: '421181001001' },
      channel: 'phone',
    },
  });
  const filed = (await answer.json()) as { id: string };
  await clerk.context().close();
  return filed.id;
}

async function atCase(username: string, id: string, isCut = false): Promise<Page> {
  const screen = await officer(browser, platform, username, { path: '/office/inbox' });
  if (isCut) await screen.route('**/api/events', (request) => request.abort());
  await screen.goto(`/office/cases/${id}`);
  await screen.getByRole('button', { name: '分派给 市住建局' }).waitFor();
  return screen;
}

const countEvents = async (screen: Page, id: string, kind: string): Promise<number> => {
  const answer = await screen.request.get(`/api/cases/${id}`);
  const { timeline } = (await answer.json()) as { timeline: { kind: string }[] };
  return timeline.filter((entry) => entry.kind === kind).length;
};

describe('two people at one case', () => {
  test('the slower one is told who was first, and sees what came of it', async () => {
    const id = await fileRequest('两个人同时处理的路灯');
    const quick = await atCase('dispatcher', id);
    const slow = await atCase('town-dispatcher', id, true);
    await quick.getByRole('button', { name: '分派给 市住建局' }).click();
    await sees(quick, '已分派给 市住建局');

    await slow.getByRole('button', { name: '分派给 市住建局' }).click();

    const { user } = (await (await quick.request.get('/api/auth/me')).json()) as { user: { name: string } };
    await sees(slow, new RegExp(`刚刚有了新的进展（.*${user.name}`));
    await sees(slow.getByRole('region', { name: '经过' }), new RegExp(`${user.name}.*分派给市住建局`));
    await sees(slow, '待签收');
    expect(await countEvents(quick, id, 'dispatched')).toBe(1);
  });

  test('a double click sends once', async () => {
    const id = await fileRequest('按了两下的路灯');
    const screen = await atCase('dispatcher', id);
    let sent = 0;
    screen.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/dispatch')) sent += 1;
    });
    await screen.getByRole('button', { name: '分派给 市住建局' }).dblclick();
    await sees(screen, '已分派给 市住建局');
    expect(sent).toBe(1);
    expect(await countEvents(screen, id, 'dispatched')).toBe(1);
    // The word of success is the only thing announced.
    const announced = await screen.getByRole('alert').allInnerTexts();
    expect(announced.filter((text) => text !== '')).toEqual(['已分派给 市住建局']);
  });
});
