import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { startDemo } from './support/demo.ts';
import { phoneProblems } from './support/layout.ts';
import { officer, openStep, press, sees, sendStep, standAt, takePhoto } from './support/people.ts';
import { takePicturesOfFailure } from './support/pictures.ts';
import type { Platform } from './support/platform-process.ts';

// A grid worker's day on a phone: report, settle on the spot, look at the tasks, verify what another office did.
type Row = {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly lead: { readonly id: string } | null;
  readonly place: { readonly point: { readonly lon: number; readonly lat: number } | null };
};

let platform: Platform;
let browser: Browser;
let screen: Page;

beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
  screen = await officer(browser, platform, 'grid-worker', { width: 390 });
});

beforeEach((context) => takePicturesOfFailure(() => browser, context.task.name));

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

async function expectFitForPhone(): Promise<void> {
  expect(await phoneProblems(screen)).toEqual([]);
  await expectNoAxeViolations(screen);
}

async function chooseClass(words: string, name: string): Promise<void> {
  const field = screen.getByRole('combobox', { name: '类别' });
  await field.click();
  await field.fill(words);
  await screen.locator('.ant-select-item-option').filter({ hasText: name }).first().click();
}

async function describeMatter(title: string, body: string): Promise<void> {
  await screen.goto('/office/mine/report');
  await screen.getByLabel('一句话标题').fill(title);
  await chooseClass('垃圾', '暴露垃圾');
  await screen.getByLabel('情况').fill(body);
}

/** The first task of the queue that waits for a check and was handled by an office that is not the worker's own. */
async function taskOfAnotherOffice(): Promise<Row> {
  const posts = (await (await screen.request.get('/api/my/posts')).json()) as {
    items: { organisation: { id: string } }[];
  };
  const own = new Set(posts.items.map((post) => post.organisation.id));
  const answer = await screen.request.get('/api/cases?queue=to_verify&limit=100');
  const { items } = (await answer.json()) as { items: Row[] };
  const row = items.find(({ state, lead }) => state === 'reported_done' && lead !== null && !own.has(lead.id));
  if (!row) throw new Error('the demo has no task of another office in this grid');
  return row;
}

describe('a grid worker on a phone', () => {
  test('begins on his grid and sees his tasks', async () => {
    await screen.getByRole('heading', { level: 1, name: '我的网格' }).waitFor();
    await screen
      .getByRole('region', { name: '要我做的' })
      .getByRole('link', { name: /待核实/ })
      .waitFor();
    await screen.getByRole('list', { name: '我的网格里未办结的' }).getByRole('link').first().waitFor();
    await expectFitForPhone();
  });

  test('reports a matter with a photo', async () => {
    await describeMatter('巷口垃圾桶满了没人清', '桶满三天，垃圾堆到路面，味道大。');
    await takePhoto(screen, '现场照片', { index: 1 });
    await screen.getByRole('radio', { name: '需要别的单位来办' }).check();
    await expectFitForPhone();
    await press(screen, '上报');
    await screen.getByRole('heading', { name: '已登记' }).waitFor();
    await expectFitForPhone();
    await screen.getByRole('link', { name: '打开这件事' }).click();
    await sees(screen, '待分派');
    await expectFitForPhone();
  });

  test('settles another on the spot, photos of before and after in one step', async () => {
    await describeMatter('楼前散落的垃圾袋', '有人把垃圾袋放在楼前。');
    await screen.getByRole('radio', { name: '已经当场处理好了' }).check();
    await takePhoto(screen, '处理前的照片', { index: 2 });
    await takePhoto(screen, '处理后的照片', { index: 2, settled: true });
    await screen.getByLabel('怎么处理的').fill('已清走，提醒了住户。');
    await expectFitForPhone();
    await press(screen, '记下并结束');
    await sees(screen, '已记下，由别人抽查后办结');
    await screen.getByRole('link', { name: '打开这件事' }).click();
    await sees(screen, '待核实');
  });

  test('verifies on site what another office did', async () => {
    const task = await taskOfAnotherOffice();
    await standAt(screen, task.place.point ?? { lon: 115.03, lat: 31.18 });
    await screen.goto('/office/mine');
    await screen.getByRole('link', { name: /^待核实/ }).click();
    await screen.locator(`a[data-case="${task.id}"]`).click();
    await press(screen, '开始核实');
    const dialog = await openStep(screen, '登记核实结果');
    await dialog.getByRole('radio', { name: '到现场' }).check();
    await takePhoto(dialog, '现场照片', { index: 3, settled: true });
    await dialog.getByRole('button', { name: '记录现在的位置' }).click();
    await sees(dialog, /已记录，误差约 12 米/);
    await dialog.getByRole('radio', { name: /^通过/ }).check();
    await dialog.getByLabel('看到或听到的情况').fill('到现场看过，已办好。');
    await expectFitForPhone();
    await sendStep(dialog, '登记核实结果');
    await sees(screen, /核实通过（到现场）/);
  });
});
