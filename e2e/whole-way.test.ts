import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { startDemo } from './support/demo.ts';
import { officer, openStep, person, press, sees, sendStep, standAt, takePhoto } from './support/people.ts';
import { walkAsOneWay } from './support/one-way.ts';
import type { Platform } from './support/platform-process.ts';

// One request from the resident to the end, everyone at a device of his own. The tests are the parts of one way, in its
// order. Office pages are opened once, before anything happens, and are never loaded again.
const ASKED = '菜市场后门第三根灯杆的路灯三天不亮，老人晚上出门摸黑走。';
/** Somewhere in 鼓楼街道, where the verifier stands. */
const GULOU = { lon: 115.03, lat: 31.18 };
const TITLE = '菜市场后门第三根灯杆的路灯三天不亮';

let platform: Platform;
let browser: Browser;
let dispatcher: Page;
let handler: Page;
let verifier: Page;
const proof = { number: '', code: '', id: '' };

beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
  [dispatcher, handler, verifier] = await Promise.all([
    atQueue('dispatcher', 'to_dispatch', '待分派'),
    atQueue('handler', 'to_accept', '待签收'),
    atQueue('verifier', 'to_verify', '待核实'),
  ]);
});

async function atQueue(username: string, queue: string, name: string): Promise<Page> {
  const screen = await officer(browser, platform, username, { path: `/office/queues/${queue}` });
  await screen.getByRole('list', { name }).waitFor({ state: 'attached' });
  await screen.evaluate(() => Object.assign(window, { neverLoadedAgain: true }));
  return screen;
}

walkAsOneWay(() => browser);

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

/** Takes up what a queue says is new, and opens our case beside it. */
async function openNewcomer(screen: Page): Promise<void> {
  await screen.getByRole('button', { name: /件新来的/ }).click();
  await screen.getByRole('link', { name: TITLE }).click();
  await screen.getByRole('heading', { level: 1, name: TITLE }).waitFor();
}

async function reportDone(result: string, photo: number): Promise<void> {
  const dialog = await openStep(handler, '报办理完成');
  await dialog.getByLabel('办理结果').fill(result);
  await takePhoto(dialog, '办好后的照片', { index: photo, settled: true });
  await sendStep(dialog, '报办理完成');
}

async function verifyOnSite(passed: boolean, finding: string, photo: number): Promise<void> {
  await press(verifier, '开始核实');
  const dialog = await openStep(verifier, '登记核实结果');
  await dialog.getByRole('radio', { name: '到现场' }).check();
  await takePhoto(dialog, '现场照片', { index: photo, settled: passed });
  await dialog.getByRole('button', { name: '记录现在的位置' }).click();
  await dialog.getByRole('radio', { name: passed ? /^通过/ : /^没通过/ }).check();
  await dialog.getByLabel('看到或听到的情况').fill(finding);
  await sendStep(dialog, '登记核实结果');
}

/** The resident at another phone, with nothing but number and code. */
async function follow(): Promise<Page> {
  const resident = await person(browser, platform, { width: 390 });
  await resident.goto('/track');
  await resident.getByLabel('编号').fill(proof.number);
  await resident.getByLabel('查询码').fill(proof.code);
  await resident.getByRole('button', { name: '打开' }).click();
  await resident.getByRole('heading', { level: 1, name: proof.number }).waitFor();
  return resident;
}

async function rate(resident: Page, solved: string, satisfaction: string, reason: string): Promise<void> {
  await resident.getByRole('radio', { name: solved, exact: true }).check();
  await resident.getByRole('radio', { name: satisfaction, exact: true }).check();
  await resident.getByLabel('说说原因').fill(reason);
  await resident.getByRole('button', { name: '提交评价' }).click();
  await sees(resident, `您说：${solved}，${satisfaction}`);
}

describe('one request, its whole way', () => {
  test('a resident files it: words, photo, place from the list, phone, consent', async () => {
    const resident = await person(browser, platform, { width: 390 });
    await resident.goto('/');
    await resident.getByRole('link', { name: '我要反映' }).click();
    await resident.getByLabel('说说情况').fill(ASKED);
    await takePhoto(resident, '加照片', { index: 4 });
    await resident.getByRole('group', { name: '看起来像是' }).getByRole('button', { name: '路灯' }).click();
    await resident.getByRole('button', { name: '下一步：在哪里' }).click();
    await resident.getByRole('radio', { name: /^从名单里选/ }).check();
    await resident.getByRole('button', { name: '鼓楼街道' }).click();
    await resident.getByRole('button', { name: '鼓楼社区' }).click();
    await resident.getByLabel('门牌或附近标志').fill('菜市场后门');
    await resident.getByRole('button', { name: '下一步：怎么联系您' }).click();
    await resident.getByLabel('怎么称呼').fill('李示例');
    await resident.getByLabel('手机号或电话').fill('13800138000');
    await resident.getByRole('checkbox', { name: /^同意公开/ }).check();
    await resident.getByRole('button', { name: '下一步：检查并提交' }).click();
    await resident.getByRole('button', { name: '提交', exact: true }).click();
    await resident.getByRole('heading', { name: '已收到您的反映' }).waitFor();
    proof.number = await resident.getByRole('definition').nth(0).innerText();
    proof.code = await resident.getByRole('definition').nth(1).innerText();
    expect(proof).toMatchObject({
      number: /^\d{8}-\d{6}-\d$/.exec(proof.number)?.[0],
      code: expect.stringMatching(/^\w{8}$/),
    });
    await resident.context().close();
  });

  test('the dispatcher sees it come in and follows the suggestion', async () => {
    await openNewcomer(dispatcher);
    proof.id = new URL(dispatcher.url()).searchParams.get('case') ?? '';
    await sees(dispatcher, /派单目录第 21 条/);
    await press(dispatcher, '分派给 市住建局');
    await sees(dispatcher, '已分派给 市住建局');
  });

  test('the department sees it come in and objects with a legal basis', async () => {
    await openNewcomer(handler);
    const dialog = await openStep(handler, '提出异议');
    await dialog.getByLabel('法律依据').fill('《城市道路照明设施管理规定》第四条');
    await dialog.getByLabel('理由').fill('这根灯杆是菜市场自己装的，不在移交清单里。');
    await sendStep(dialog, '提出异议');
  });

  test('the command centre, its page still open, takes it up and designates the department', async () => {
    await press(dispatcher, '受理争议');
    const dialog = await openStep(dispatcher, '裁定');
    await dialog.getByRole('radio', { name: '指定现在的单位办理' }).check();
    await dialog.getByLabel('理由').fill('灯杆在公共道路上，按目录由住建部门维护。');
    await sendStep(dialog, '裁定');
  });

  test('the department accepts, starts and reports it done with a photo', async () => {
    await sees(handler.getByRole('region', { name: '谁在管' }), '指定');
    expect(await handler.getByRole('button', { name: '提出异议…' }).count()).toBe(0);
    await press(handler, '签收');
    await press(handler, '开始办理');
    await reportDone('更换了灯泡和保险，现场试亮正常。', 1);
  });

  test('the verifier sees it come in, goes there and sends it back with what he found', async () => {
    await openNewcomer(verifier);
    await standAt(verifier, GULOU);
    await verifyOnSite(false, '晚上八点到现场，灯仍不亮。', 2);
    await sees(verifier, '核实未通过，退回返工');
  });

  test('the department does it again; this time the verifier finds it done', async () => {
    const dialog = await openStep(handler, '返工');
    await sendStep(dialog, '返工');
    await reportDone('换了整只灯具，重新接线。', 3);
    await verifyOnSite(true, '灯已亮，亮度正常。', 5);
    await sees(verifier, '核实通过（到现场）');
  });

  test('the centre calls back, writes what it explained, and closes', async () => {
    const call = await openStep(dispatcher, '登记回访');
    await call.getByRole('radio', { name: '联系上了' }).check();
    await call.getByRole('radio', { name: '部分解决' }).check();
    await call.getByRole('radio', { name: '基本满意' }).check();
    await call.getByRole('radio', { name: '不退回，向反映人作出说明' }).check();
    await call.getByLabel('备注').fill('反映人说灯亮了，但有时闪。');
    await sendStep(call, '登记回访');
    const closing = await openStep(dispatcher, '办结');
    await closing.getByLabel('向反映人的说明').fill('灯已修好，闪烁会随线路检修一并处理。');
    await sendStep(closing, '办结');
    await sees(dispatcher, /^办结：/);
  });

  test('the resident, at another phone, says it is not solved and has it taken up again', async () => {
    const resident = await follow();
    await rate(resident, '没解决', '不满意', '昨晚又不亮了。');
    await sees(resident, '您请他们再办');
    await resident.context().close();
  });

  test('it comes back to the dispatcher and goes its way once more', async () => {
    await sees(dispatcher, '反映人要求再办');
    await press(dispatcher, '分派给 市住建局');
    await press(handler, '签收');
    await press(handler, '开始办理');
    await reportDone('查出地下线缆受潮，已换新线。', 1);
    await verifyOnSite(true, '连看两晚，灯都亮着。', 2);
  });

  test('the resident rates it solved, and that closes it', async () => {
    const resident = await follow();
    await rate(resident, '解决了', '满意', '这次好了。');
    await sees(resident, '办结：您确认解决');
    await resident.context().close();
    for (const screen of [dispatcher, handler, verifier]) await sees(screen, '办结：反映人确认解决');
  });

  test('the timeline tells it all, the chain holds, and no office page was loaded again', async () => {
    const told = await dispatcher.getByRole('region', { name: '经过' }).getByRole('listitem').allInnerTexts();
    const inOrder =
      /反映（.*分派给.*提出异议.*开始裁定.*指定.*签收.*开始办理.*报办理完成.*核实未通过.*开始返工.*核实通过.*回访.*办结.*评价.*再办.*办结/s;
    expect(told.join('\n')).toMatch(inOrder);
    const check = await dispatcher.request.get(`/api/cases/${proof.id}/chain-check`);
    expect(await check.json()).toMatchObject({ ok: true, brokenAt: null });
    for (const screen of [dispatcher, handler, verifier])
      expect(await screen.evaluate(() => 'neverLoadedAgain' in window)).toBe(true);
  });
});
