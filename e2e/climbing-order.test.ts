import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import type { Filed } from '../src/testing/desk.ts';
import { caseAt } from '../src/testing/ways.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { type Office, openOffice } from './support/moved-clock.ts';
import { sees } from './support/people.ts';
import { takePicturesOfFailure } from './support/pictures.ts';

// A case nobody hurries: its order climbs by itself while the clock goes on, and is answered at last.
let office: Office;
let browser: Browser;
let lamp: Filed;

beforeAll(async () => {
  [office, browser] = await Promise.all([openOffice(), launchBrowser()]);
});
beforeEach((context) => takePicturesOfFailure(() => browser, context.task.name));
afterAll(async () => {
  await browser?.close();
  await office?.close();
});

/** Opens the list until the order stands there in its colour: timers and outbox work in the background. */
async function seesOrder(screen: Page, colour: string): Promise<void> {
  const row = screen.getByRole('link').filter({ hasText: lamp.number }).filter({ hasText: colour });
  await expect
    .poll(
      async () => {
        await screen.reload();
        await screen.getByRole('heading', { level: 1, name: '督办' }).waitFor();
        await screen.getByRole('list', { name: /给本单位的|辖区全部/ }).waitFor({ state: 'attached' });
        await screen.waitForLoadState('networkidle');
        return row.count();
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(1);
}

test('an order climbs from blue to yellow to red by itself, and is answered', async () => {
  const { county } = office;
  lamp = await caseAt(county, 'in_progress');
  await expect.poll(async () => (await county.caseOf('supervisor', lamp.id)).body.stageDueAt).toBeTruthy();
  const due = new Date((await county.caseOf('supervisor', lamp.id)).body.stageDueAt);

  county.setNow(new Date(due.getTime() - 3_600_000));
  await seesOrder(await office.at(browser, 'housing', '/office/supervision'), '蓝色督办');

  county.setNow(due);
  await seesOrder(await office.at(browser, 'housing', '/office/supervision'), '黄色督办');

  // The cast's own sessions may have ended with the days that passed.
  county.setNow(new Date(due.getTime() + 5 * 86_400_000));
  const handler = await office.at(browser, 'housing', '/office/supervision');
  await seesOrder(handler, '红色督办');
  await expectNoAxeViolations(handler);

  await handler.getByRole('link').filter({ hasText: lamp.number }).click();
  await handler.getByRole('button', { name: '答复…' }).click();
  const dialog = handler.getByRole('dialog');
  await dialog.getByLabel('答复内容').fill('灯具缺货，已从邻县调货，今天下午五点前装好。');
  await dialog.getByRole('button', { name: '答复', exact: true }).click();
  await sees(handler, '已答复，待审核');
  await expectNoAxeViolations(handler);
});

test('the answer is accepted, and its whole history stands in one order', async () => {
  const supervisor = await office.at(browser, 'supervisor', `/office/cases/${lamp.id}`);
  const card = supervisor.getByRole('article').filter({ hasText: '红色督办' }).last();
  await card.getByRole('button', { name: '通过答复…' }).click();
  await supervisor.getByRole('dialog').getByRole('button', { name: '通过答复', exact: true }).click();
  await sees(supervisor, '答复已通过');
  await card.getByText('经过').click();
  for (const step of ['系统发出蓝色督办', '系统升为黄色督办', '系统升为红色督办', '灯具缺货']) await sees(card, step);
  await expectNoAxeViolations(supervisor);
});
