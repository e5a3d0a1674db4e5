import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { startDemo } from './support/demo.ts';
import { officer, openStep, person, press, sees, sendStep } from './support/people.ts';
import { takePicturesOfFailure } from './support/pictures.ts';
import type { Platform } from './support/platform-process.ts';

// Three callers, one hole in the path: offered while it is written, merged, taken apart, merged again, and each called
// back. What people do at the screens that this is not about goes through the same requests without them.
const AREA = '421181001';
const PATHS = [
  '枫林苑东门步道塌陷，露出一个大坑',
  '枫林苑东门的步道塌陷了，老人差点摔',
  '枫林苑小区东门步道塌陷没人修',
];

let platform: Platform;
let browser: Browser;
let dispatcher: Page;
const filed: { id: string; number: string }[] = [];

beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
  dispatcher = await officer(browser, platform, 'dispatcher');
  for (const [at, body] of PATHS.entries()) {
    filed.push(
      await post(dispatcher, '/api/cases', {
        ...{ title: body.slice(0, 10), body, classCode: '1701', channel: 'phone', publicConsent: true },
        place: { areaCode: AREA },
        requester: { name: `来电${at}`, phone: `1390013900${at}` },
      }),
    );
  }
});
beforeEach((context) => takePicturesOfFailure(() => browser, context.task.name));
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

async function post<T = { id: string; number: string }>(screen: Page, path: string, data: object): Promise<T> {
  const answer = await screen.request.post(path, { data, headers: { origin: new URL(platform.url).origin } });
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

async function step(screen: Page, id: string, resource: string, data: object = {}): Promise<void> {
  const { version } = await (await dispatcher.request.get(`/api/cases/${id}`)).json();
  await post(screen, `/api/cases/${id}/${resource}`, { expectedVersion: version, ...data });
}

const [first, second, third] = [0, 1, 2].map((at) => () => filed[at] ?? { id: '', number: '' }) as [
  () => { id: string; number: string },
  () => { id: string; number: string },
  () => { id: string; number: string },
];

describe('duplicates', () => {
  test('are offered to the agent who writes, and the caller joins one with a number of his own', async () => {
    // What is filed can be found as soon as its event was followed.
    const known = async () => {
      const answer = await dispatcher.request.get(`/api/cases/${first().id}/similar-cases`);
      return (await answer.json()).items.length;
    };
    await expect.poll(known, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    await dispatcher.goto('/office/new');
    await dispatcher.getByLabel('一句话标题').fill('枫林苑东门步道塌陷');
    await dispatcher.getByLabel('情况', { exact: true }).fill('枫林苑东门的步道塌陷，希望尽快修好。');
    await dispatcher.getByRole('heading', { name: '可能是同一件事' }).waitFor();
    await expectNoAxeViolations(dispatcher);
    const row = dispatcher.getByRole('listitem').filter({ hasText: first().number });
    await row.getByRole('button', { name: '跟着这件办' }).click();
    await dispatcher.getByText('并跟着').waitFor();
    await dispatcher.getByRole('heading', { name: '已登记' }).waitFor();
  });

  test('three are compared side by side, merged, taken apart and merged again', async () => {
    await dispatcher.goto(`/office/cases/${first().id}/merge`);
    const merge = async () => {
      for (const { number } of [second(), third()]) {
        const row = dispatcher.getByRole('listitem').filter({ hasText: number });
        await row.getByRole('checkbox', { name: '并入主件' }).check();
      }
      await dispatcher.getByLabel('理由').first().fill('同一处塌陷');
      await dispatcher.getByRole('button', { name: /^合并 2 件到/ }).click();
      await dispatcher.getByText(`${third().number} 已并入`).waitFor();
    };
    await dispatcher.getByRole('radio', { name: /主件/ }).first().check();
    await merge();
    await expectNoAxeViolations(dispatcher);

    for (const { number } of [second(), third()]) {
      const row = dispatcher.getByRole('listitem').filter({ hasText: number });
      await row.getByRole('checkbox', { name: '拆开这一件' }).check();
    }
    await dispatcher.getByRole('button', { name: '拆开 2 件' }).click();
    const dialog = dispatcher.getByRole('dialog');
    await dialog.getByLabel('理由').fill('先分开核对');
    await dialog.getByRole('button', { name: '拆开 2 件' }).click();
    await dispatcher.getByText(`${third().number} 已拆开`).waitFor();
    await merge();
  });

  test('each of the three has a call-back of his own once the case is closed', async () => {
    const { id } = first();
    const handler = await officer(browser, platform, 'handler');
    const mine = await (await handler.request.get('/api/auth/me')).json();
    const leadId = mine.posts[0].organisationId;
    await step(dispatcher, id, 'dispatch', { leadId, reason: '由其负责' });
    await step(handler, id, 'acceptance');
    await step(handler, id, 'handling');
    await step(handler, id, 'completion', { result: '步道已修复。', files: [] });
    // The caller of the joint case is asked by telephone, as part of the check.
    const verifier = await officer(browser, platform, 'verifier', { path: `/office/cases/${id}` });
    await press(verifier, '开始核实');
    const check = await openStep(verifier, '登记核实结果');
    await check.getByRole('radio', { name: '打电话' }).check();
    await check.getByRole('radio', { name: '解决了' }).check();
    await check.getByRole('radio', { name: '满意', exact: true }).check();
    await check.getByRole('radio', { name: '通过：确实办好了' }).check();
    await check.getByLabel('看到或听到的情况').fill('电话核实，步道已修好。');
    await sendStep(check, '登记核实结果');
    await sees(verifier, '核实通过（打电话）');

    // The two others have call-backs of their own: one is made on the page of his request …
    await verifier.goto(`/office/cases/${second().id}`);
    const call = await openStep(verifier, '登记回访');
    await call.getByRole('radio', { name: '联系上了' }).check();
    await call.getByRole('radio', { name: '解决了' }).check();
    await call.getByRole('radio', { name: '基本满意' }).check();
    await sendStep(call, '登记回访');
    await sees(verifier, '回访：反映人说解决了，基本满意');
    // … one from the list, who does not want to answer: a result of its own.
    await verifier.goto(`/office/call-backs?case=${third().id}`);
    await press(verifier, '接手这通回访');
    await press(verifier, '显示电话');
    await verifier.getByRole('link', { name: '13900139002' }).waitFor();
    await verifier.getByRole('radio', { name: '不想回答' }).check();
    await sees(verifier, /不劝、不再打/);
    await expectNoAxeViolations(verifier);
    await press(verifier, '登记结果');
    await verifier.getByRole('button', { name: '登记结果' }).waitFor({ state: 'detached' });
    await sees(verifier.locator('.chip.declined'), '不想回答');
    const said = async (of: string) => {
      const { timeline } = await (await dispatcher.request.get(`/api/cases/${of}`)).json();
      return timeline
        .filter((entry: { kind: string }) => entry.kind === 'called_back')
        .map((entry: { payload: { answer: object | null; declined?: true } }) => entry.payload);
    };
    expect(await said(id)).toMatchObject([{ answer: { solved: 'solved', satisfaction: 'satisfied' } }]);
    expect(await said(second().id)).toMatchObject([{ answer: { solved: 'solved', satisfaction: 'basically' } }]);
    expect(await said(third().id)).toEqual([{ answer: null, declined: true }]);
  });

  test('are offered to a resident as released, to be followed with a number of his own', async () => {
    const released = await post(dispatcher, '/api/cases', {
      ...{ title: '桃源巷围墙开裂', body: '桃源巷后面的围墙开裂。', classCode: '0805', channel: 'phone' },
      ...{ publicConsent: true, place: { areaCode: AREA } },
    });
    await step(dispatcher, released.id, 'release', {
      title: '桃源巷围墙开裂',
      text: '桃源巷后面的围墙开裂，有倒塌危险。',
    });
    const resident = await person(browser, platform, { width: 390 });
    await resident.goto('/report');
    await resident.getByLabel('说说情况').fill('桃源巷的围墙开裂得厉害，怕倒下来');
    await resident.getByRole('heading', { name: '附近已有人反映' }).waitFor();
    await expectNoAxeViolations(resident);
    await resident.getByRole('button', { name: '跟着这件办：桃源巷围墙开裂' }).click();
    await resident.getByText('您会有自己的编号').waitFor();
  });
});
