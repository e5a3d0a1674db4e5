import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { startDemo } from './support/demo.ts';
import { phoneProblems } from './support/layout.ts';
import { officer, openStep, press, sees, sendStep, standAt, takePhoto } from './support/people.ts';
import { walkAsOneWay } from './support/one-way.ts';
import type { Platform } from './support/platform-process.ts';

// A whistle over three organisations, from the town's page to the ratings and on to verification; then an urgent matter
// that the first on duty does not take up. The tests are the parts of one way, in its order.
const MATTER = '农贸市场门口污水外溢，摊位占道，需要三家一起整治。';
let platform: Platform;
let browser: Browser;
let town: Page;
const office = { housing: '', team: '', market: '' };
const joint = { id: '', caseId: '' };
/** Where the village is drawn; those who come stand there. */
let here = { lon: 115, lat: 31 };

beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
  town = await officer(browser, platform, 'town-dispatcher');
  const county = await officer(browser, platform, 'dispatcher');
  for (const [key, username] of [
    ['housing', 'handler'],
    ['team', 'station'],
    ['market', 'market-handler'],
  ] as const) {
    const screen = await officer(browser, platform, username);
    const posts = await (await screen.request.get('/api/my/posts')).json();
    office[key] = posts.items[0].organisation.name;
    await screen.context().close();
  }
  await county.context().close();
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

walkAsOneWay(() => browser);

async function made(screen: Page, path: string, body: object): Promise<Record<string, string>> {
  const answer = await screen.request.post(path, { data: body, headers: { origin: platform.url } });
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

/** A case in the town of the demo, on the desk of the housing bureau. */
async function caseOfHousing(): Promise<string> {
  const posts = await (await town.request.get('/api/my/posts')).json();
  const townCode: string = posts.items[0].scope[0].code;
  const found = await (await town.request.get(`/api/areas/${townCode}`)).json();
  const centre = found.area?.centre ?? found.centre ?? null;
  if (centre) here = Array.isArray(centre) ? { lon: centre[0], lat: centre[1] } : centre;
  const filed = await made(town, '/api/cases', {
    ...{ title: '农贸市场门口污水外溢', body: MATTER, classCode: '0903', channel: 'phone', anonymous: true },
    place: { areaCode: townCode, point: here, text: '农贸市场东门' },
  });
  const id = String(filed.id);
  const housing = await idOf(office.housing);
  await made(town, `/api/cases/${id}/dispatch`, { expectedVersion: 1, leadId: housing, reason: '由住建局主办。' });
  const handler = await officer(browser, platform, 'handler');
  for (const resource of ['acceptance', 'handling']) {
    const { version } = await (await handler.request.get(`/api/cases/${id}`)).json();
    await made(handler, `/api/cases/${id}/${resource}`, { expectedVersion: version });
  }
  await handler.context().close();
  return id;
}

async function idOf(name: string): Promise<string> {
  const found = await (await town.request.get(`/api/organisations?q=${encodeURIComponent(name)}&limit=20`)).json();
  const exact = found.items.find((one: { name: string }) => one.name === name);
  if (!exact) throw new Error(`no organisation ${name}`);
  return exact.id;
}

async function choose(screen: Page, label: string, name: string): Promise<void> {
  const field = screen.getByRole('dialog').getByLabel(label, { exact: true });
  await field.fill(name);
  await screen.locator('.ant-select-item-option', { hasText: name }).filter({ visible: true }).first().click();
}

async function at(username: string, width: 390 | 1440 = 1440): Promise<Page> {
  return officer(browser, platform, username, { path: `/office/joint/${joint.id}`, width });
}

async function send(screen: Page, action: string): Promise<void> {
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('a joint case over three organisations', () => {
  test('the town whistles on the page of the case and calls three offices', async () => {
    joint.caseId = await caseOfHousing();
    await town.goto(`/office/cases/${joint.caseId}`);
    await press(town, '吹哨');
    const dialog = town.getByRole('dialog');
    await dialog.getByRole('radio', { name: '群众诉求' }).check();
    await dialog.getByLabel('要办的事').fill(MATTER);
    await dialog.getByLabel('任务 1', { exact: true }).fill('疏通污水井');
    await choose(town, '单位 2', office.team);
    await dialog.getByLabel('任务 2', { exact: true }).fill('清理占道摊位');
    await dialog.getByRole('button', { name: '再召集一个单位' }).click();
    await choose(town, '单位 3', office.market);
    await dialog.getByLabel('任务 3', { exact: true }).fill('约谈市场管理方');
    await dialog.getByRole('button', { name: '吹哨', exact: true }).click();
    await town.getByRole('heading', { level: 1, name: MATTER }).waitFor();
    joint.id = new URL(town.url()).pathname.split('/').at(-1) ?? '';
    await expectNoAxeViolations(town);
  });

  test('one declines; the county rules that it must come', async () => {
    const market = await at('market-handler');
    await market.getByRole('button', { name: /^不来/ }).click();
    await market.getByRole('dialog').getByLabel('法律依据').fill('三定规定第二条');
    await market.getByRole('dialog').getByLabel('理由').fill('占道经营不归我们。');
    await send(market, '不来');
    const county = await at('dispatcher');
    await county.getByRole('button', { name: /^裁定/ }).click();
    await county.getByRole('dialog').getByRole('radio', { name: '应当到场' }).check();
    await county.getByRole('dialog').getByLabel('理由').fill('市场管理方由你局监管。');
    await send(county, '裁定');
    await sees(county, '县级中心裁定应当到场');
    await Promise.all([market, county].map((screen) => screen.context().close()));
  });

  test('each arrives by the button on the phone, not from far away, and does its part', async () => {
    for (const username of ['handler', 'station', 'market-handler']) {
      const phone = await at(username, 390);
      if (username === 'station') {
        await standAt(phone, { lon: here.lon, lat: here.lat + 0.045 });
        await press(phone, '我到现场了');
        await sees(phone, /您离现场约 \d+ 米/);
        expect(await phoneProblems(phone)).toEqual([]);
        await expectNoAxeViolations(phone);
      }
      await standAt(phone, here);
      await press(phone, '我到现场了');
      await sees(phone, /到场，距现场 \d+ 米/);
      await phone.getByRole('button', { name: /^任务完成/ }).click();
      await phone.getByRole('dialog').getByLabel('办理结果').fill('已经处理完毕。');
      await send(phone, '任务完成');
      await phone.context().close();
    }
  });

  test('the lead closes, both sides are rated, and the case goes on to verification', async () => {
    const lead = await at('handler');
    await press(lead, '结束联合办理');
    await lead.getByRole('dialog').getByLabel('办理结果').fill('三家任务都完成了。');
    await send(lead, '结束联合办理');
    await lead.getByRole('button', { name: /^评价这次吹哨/ }).click();
    await lead.getByRole('radio', { name: '情形成立', exact: true }).check();
    await lead.getByRole('radio', { name: '确实需要我们', exact: true }).check();
    await send(lead, '评价这次吹哨');
    await town.goto(`/office/joint/${joint.id}`);
    await town
      .getByRole('button', { name: /^评价 / })
      .first()
      .click();
    await town.getByRole('radiogroup', { name: '及时性' }).getByRole('radio', { name: '好' }).check();
    await town.getByRole('radiogroup', { name: '办理效果' }).getByRole('radio', { name: '好' }).check();
    await send(town, '评价');
    await sees(town, '评价：及时性好，效果好');
    await lead.goto(`/office/cases/${joint.caseId}`);
    const done = await openStep(lead, '报办理完成');
    await done.getByLabel('办理结果').fill('污水井疏通，摊位清理。');
    await takePhoto(done, '办好后的照片', { index: 3, settled: true });
    await sendStep(done, '报办理完成');
    const verifier = await officer(browser, platform, 'verifier', { path: `/office/cases/${joint.caseId}` });
    await press(verifier, '开始核实');
    await verifier.getByRole('button', { name: /^登记核实结果/ }).waitFor();
    const { state } = await (await town.request.get(`/api/cases/${joint.caseId}`)).json();
    expect(state).toBe('verifying');
    const check = await town.request.get(`/api/cases/${joint.caseId}/chain-check`);
    expect(await check.json()).toMatchObject({ ok: true });
    await lead.context().close();
  });
});
