import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { startDemo } from './support/demo.ts';
import { person, sees, standAt, takePhoto } from './support/people.ts';
import { takePicturesOfFailure } from './support/pictures.ts';
import type { Platform } from './support/platform-process.ts';

// The residents' portal on a cheap phone: what must never be lost, doubled, cut off or left unsaid.
const ASKED = '菜市场后门的路灯坏了三盏，晚上老人走路看不清。';

let platform: Platform;
let browser: Browser;
let phone: Page;

beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
});
beforeEach(async (context) => {
  takePicturesOfFailure(() => browser, context.task.name);
  phone = await person(browser, platform, { width: 390 });
});
afterEach(() => phone.context().close());
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const next = (name: string) => phone.getByRole('button', { name: `下一步：${name}` }).click();
const back = () => phone.getByRole('link', { name: '返回' }).click();
const heading = (name: string | RegExp) => phone.getByRole('heading', { level: 1, name }).waitFor();

async function describeIt(): Promise<void> {
  await phone.goto('/report');
  await phone.getByLabel('说说情况').fill(ASKED);
}

async function asFarAsCheck(): Promise<void> {
  await describeIt();
  await next('在哪里');
  await phone.getByRole('radio', { name: /^我不知道/ }).check();
  await next('怎么联系您');
  await next('检查并提交');
  await heading('看一遍，再提交');
}

const send = () => phone.getByRole('button', { name: '提交', exact: true });

async function proof(): Promise<{ number: string; code: string }> {
  await heading('已收到您的反映');
  const [number = '', code = ''] = await phone.getByRole('definition').allInnerTexts();
  return { number, code };
}

async function file(): Promise<{ number: string; code: string }> {
  await asFarAsCheck();
  await send().click();
  return proof();
}

async function openWith(number: string, code: string): Promise<void> {
  await phone.goto('/track');
  await phone.getByLabel('编号').fill(number);
  await phone.getByLabel('查询码').fill(code);
  await phone.getByRole('button', { name: '打开' }).click();
}

describe('a report that is being written', () => {
  test('says at once what is missing, and puts the finger on it', async () => {
    await phone.goto('/report');
    await next('在哪里');
    const text = phone.getByLabel('说说情况');
    await sees(phone, '请写几个字，说说是什么事。');
    expect(await text.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await text.getAttribute('aria-invalid')).toBe('true');
    await text.fill(ASKED);
    await next('在哪里');
    await next('怎么联系您');
    await sees(phone, '请选一种说明位置的办法，选“我不知道”也可以。');
  });

  test('goes back and forth without losing a word', async () => {
    await describeIt();
    await next('在哪里');
    await phone.getByRole('radio', { name: /^我不知道/ }).check();
    await phone.getByLabel('说说大概位置').fill('菜市场后门');
    await next('怎么联系您');
    await phone.getByLabel('怎么称呼').fill('王大爷');
    await back();
    expect(await phone.getByLabel('说说大概位置').inputValue()).toBe('菜市场后门');
    await phone.goBack();
    await heading('怎么联系您？');
    expect(await phone.getByLabel('怎么称呼').inputValue()).toBe('王大爷');
    await next('检查并提交');
    await phone.getByRole('link', { name: '修改什么事' }).click();
    expect(await phone.getByLabel('说说情况').inputValue()).toBe(ASKED);
  });

  test('survives a closed phone, photo and all', async () => {
    await describeIt();
    await takePhoto(phone, '加照片', { index: 3 });
    await sees(phone, '已传好');
    const later = await phone.context().newPage();
    await phone.close();
    phone = later;
    await phone.goto('/');
    await phone.getByRole('link', { name: '接着写' }).click();
    expect(await phone.getByLabel('说说情况').inputValue()).toBe(ASKED);
    await phone.getByRole('img', { name: '照片 1：3.jpg' }).waitFor();
    await phone.getByRole('button', { name: '清空重写' }).click();
    await phone.getByRole('button', { name: '清空', exact: true }).click();
    expect(await phone.getByLabel('说说情况').inputValue()).toBe('');
  });

  test('tells why a file cannot be taken, and keeps the rest', async () => {
    await describeIt();
    const field = phone.locator('input[type=file]');
    await field.setInputFiles({ name: '说明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
    await sees(phone, /“说明.pdf”不是照片/);
    const page = { name: '网页.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>no photo</html>') };
    await field.setInputFiles(page);
    await sees(phone, /不能上传这种文件/);
    expect(await phone.getByLabel('说说情况').inputValue()).toBe(ASKED);
    await phone.getByRole('button', { name: '去掉照片 1' }).click();
    await next('在哪里');
    await heading('在哪里？');
  });

  test('sends a photo again once the phone is back online', async () => {
    await describeIt();
    await phone.context().setOffline(true);
    await takePhoto(phone, '加照片', { index: 5 });
    await sees(phone, /网络断了，“5.jpg”没传上/);
    await phone.context().setOffline(false);
    await sees(phone, '已传好');
  });
});

describe('sending', () => {
  test('over a lost connection makes one request, and the second press shows its number', async () => {
    await asFarAsCheck();
    const keys: string[] = [];
    let lost = 3;
    await phone.route('**/api/public/cases', async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      const answer = await route.fetch();
      // The server has it, but the answer never arrives.
      if (lost > 0) await route.abort('connectionreset');
      else await route.fulfill({ response: answer });
      lost -= 1;
    });
    await send().click();
    await sees(phone, /不知道送到没有/);
    await phone.reload();
    await send().click();
    const { number } = await proof();
    expect(new Set(keys).size).toBe(1);
    expect(keys.length).toBeGreaterThan(3);
    expect(number).toMatch(/^\d{8}-\d{6}-\d$/);
  });

  test('by a double tap sends once', async () => {
    await asFarAsCheck();
    let sent = 0;
    phone.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/public/cases')) sent += 1;
    });
    await send().dblclick();
    await proof();
    expect(sent).toBe(1);
  });

  test('leaves number and code on the phone until they are noted, to copy and as a picture', async () => {
    const { number, code } = await file();
    await phone.reload();
    expect(await proof()).toEqual({ number, code });
    await phone.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await phone.getByRole('button', { name: '复制' }).click();
    await sees(phone, '已复制');
    expect(await phone.evaluate(() => navigator.clipboard.readText())).toContain(`编号 ${number}\n查询码 ${code}`);
    const saved = phone.waitForEvent('download');
    await phone.getByRole('button', { name: '存成图片' }).click();
    expect((await saved).suggestedFilename()).toBe(`${number}.png`);
    await phone.getByRole('img', { name: '写有编号和查询码的图片' }).waitFor();
    await phone.getByRole('button', { name: '记好了，回首页' }).click();
    await heading(/^有事说一声/);
    expect(await phone.getByText('您刚反映的事已收到').count()).toBe(0);
  });

  test('takes the phone’s own position, and says when it may not', async () => {
    await describeIt();
    await next('在哪里');
    await phone.getByRole('radio', { name: /^在地图上点/ }).check();
    await phone.getByRole('button', { name: '用我现在的位置' }).click();
    await sees(phone, /没有得到定位许可|现在定不了位/);
    await standAt(phone, { lon: 115.02, lat: 31.17 });
    await phone.getByRole('button', { name: '用我现在的位置' }).click();
    await sees(phone, '已用您现在的位置，误差约 12 米');
    await next('怎么联系您');
    await heading('怎么联系您？');
  });

  test('sets the place by key where a phone has no 3D graphics and the map is a drawing', async () => {
    await phone.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await describeIt();
    await next('在哪里');
    await phone.getByRole('radio', { name: /^在地图上点/ }).check();
    const drawn = phone.locator('svg.area-map-svg');
    await drawn.focus();
    await phone.keyboard.press('Enter');
    await phone.keyboard.press('ArrowRight');
    await sees(phone, /^已标出位置/);
    await expectNoAxeViolations(phone);
  });
});

describe('following a request', () => {
  test('whose proof has ended asks for number and code again, and says why', async () => {
    const { number, code } = await file();
    await openWith(number, code);
    await heading(number);
    await phone.evaluate(() => {
      for (const [name, kept] of Object.entries(sessionStorage)) {
        sessionStorage.setItem(name, kept.replace(/"token":"[^"]*"/, '"token":"ended"'));
      }
    });
    await phone.reload();
    await sees(phone, '为了安全，打开的时间到了。请再填一次查询码。');
    await phone.getByLabel('查询码').waitFor();
  });

  test('with number and code as people type them; a wrong code says what else there is', async () => {
    const { number, code } = await file();
    await openWith('20261120-000317-5', code);
    await sees(phone, /这个编号不对/);
    await openWith(number, 'AAAA2222');
    await sees(phone, /编号和查询码对不上/);
    await openWith(number.replaceAll('-', ''), ` ${code.toLowerCase()} `);
    await heading(number);
    await sees(phone, '收到您的反映');
    await sees(phone, /^等.*转给负责的单位$/);
    await expectNoAxeViolations(phone);
  });

  test('adds words, then withdraws after being asked once more', async () => {
    const { number, code } = await file();
    await openWith(number, code);
    await phone.getByRole('button', { name: '补充情况或留言' }).click();
    await phone.getByLabel('补充什么').fill('后巷还有一盏也不亮');
    await phone.getByRole('button', { name: '送出' }).click();
    await sees(phone, '您补充了情况');
    await sees(phone, '后巷还有一盏也不亮');
    await phone.getByRole('button', { name: '撤回这件事' }).click();
    await phone.getByLabel('为什么撤回').fill('已经自己修好了');
    await phone.getByRole('button', { name: '撤回', exact: true }).click();
    await sees(phone, `撤回 ${number}？撤回后不再办理。`);
    await phone.getByRole('button', { name: '撤回', exact: true }).click();
    await sees(phone, '您撤回了这件事');
  });

  test('by phone code lists what was filed with it', async () => {
    await describeIt();
    await next('在哪里');
    await phone.getByRole('radio', { name: /^我不知道/ }).check();
    await next('怎么联系您');
    await phone.getByLabel('手机号或电话').fill('13912345678');
    await next('检查并提交');
    await send().click();
    const { number } = await proof();
    await phone.goto('/track/phone');
    await phone.getByLabel('手机号').fill('139 1234 5678');
    await phone.getByRole('button', { name: '发验证码' }).click();
    const field = phone.getByLabel('短信验证码');
    await field.waitFor();
    await field.fill(await newestCode());
    await phone.getByRole('button', { name: '查看我的反映' }).click();
    await phone.getByRole('button', { name: /菜市场后门的路灯坏了三盏/ }).click();
    await heading(number);
    await back();
    await phone.getByRole('button', { name: '退出' }).click();
    await phone.goto('/mine');
    await phone.getByLabel('手机号').waitFor();
  });

  /** What the demo's mailbox got last. */
  async function newestCode(): Promise<string> {
    const asked = await phone.request.get('/api/public/mailbox?limit=5');
    const { items } = (await asked.json()) as { items: { body: string }[] };
    const code = items.map(({ body }) => /验证码是 (\d{6})/.exec(body)?.[1]).find((found) => found !== undefined);
    if (code === undefined) throw new Error('no code came');
    return code;
  }
});

describe('what everybody may see', () => {
  test('a screen that is slow to come does not hold up another one asked for meanwhile', async () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await phone.goto('/');
    await heading(/^有事说一声/);
    await phone.waitForLoadState('networkidle');
    await phone.route('**/assets/screen-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await phone.getByRole('link', { name: /^附近的事/ }).click();
    await expect.poll(() => new URL(phone.url()).pathname).toBe('/cases');
    await phone.goBack();
    await heading(/^有事说一声/);
    letGo();
    await phone.getByRole('link', { name: /^附近的事/ }).click();
    await heading('附近的事');
  });

  test('public requests: list, more, only some, map, one of them', async () => {
    await phone.goto('/');
    await phone.getByRole('link', { name: /^附近的事/ }).click();
    await heading('附近的事');
    const rows = phone.getByRole('main').getByRole('listitem');
    await rows.first().waitFor();
    const before = await rows.count();
    await phone.getByRole('button', { name: '再看一些' }).click();
    await expect.poll(() => rows.count()).toBeGreaterThan(before);
    await phone.getByRole('button', { name: '只看一部分' }).click();
    await phone.getByLabel('办到哪步').selectOption({ label: '已办结' });
    await expect.poll(() => new URL(phone.url()).searchParams.get('state')).toBe('closed');
    await phone.getByRole('button', { name: '地图' }).click();
    await phone.getByRole('application', { name: '麻城市地图' }).waitFor();
    await rows.first().getByRole('link').click();
    await sees(phone, '文字经工作人员整理，去掉了个人信息。');
    await phone.goto('/cases/20200101-000001-6');
    await heading('没有公开的这一件');
  });

  test('my grid: from the list to who looks after it', async () => {
    await phone.goto('/grid');
    await phone.getByRole('button', { name: '龙池桥街道' }).click();
    await phone.getByRole('button', { name: '城西社区' }).click();
    await heading(/城西社区/);
    await sees(phone, '谁在管');
    await phone.getByRole('link', { name: /^拨打 12345/ }).waitFor();
  });
});

describe('settings', () => {
  test('language and large print stay', async () => {
    await phone.goto('/');
    await phone.getByRole('button', { name: '大字显示' }).click();
    await phone.getByRole('button', { name: 'English' }).click();
    await phone.getByRole('heading', { level: 1, name: /^Tell us what is wrong/ }).waitFor();
    await phone.goto('/track');
    await phone.getByRole('heading', { level: 1, name: 'Track' }).waitFor();
    expect(await phone.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('21.6px');
    expect(await phone.locator('html').getAttribute('lang')).toBe('en');
  });
});

describe('for everyone', () => {
  const PATHS = [
    '/',
    '/report',
    '/track',
    '/track/phone',
    '/cases',
    '/cases?view=map',
    '/grid',
    '/privacy',
    '/nowhere',
  ];

  test.each(PATHS)('%s: nothing for axe to find, nothing cut off at 320 px, all targets large enough', async (path) => {
    await phone.goto(path);
    await phone.waitForLoadState('networkidle');
    await expectNoAxeViolations(phone);
    expect(await smallTargets(phone)).toEqual([]);
    await phone.setViewportSize({ width: 320, height: 640 });
    const cut = await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(cut).toBe(0);
  });

  test.each(['/', '/report', '/cases'])('%s in the dark, in English, in large print', async (path) => {
    const large = await person(browser, platform, { width: 1440, locale: 'en' });
    await large.emulateMedia({ colorScheme: 'dark' });
    await large.goto('/');
    await large.getByRole('button', { name: 'Large print' }).click();
    await large.goto(path);
    await large.waitForLoadState('networkidle');
    await expectNoAxeViolations(large);
    await large.context().close();
  });

  test('the whole report with the keyboard alone', async () => {
    await phone.goto('/');
    // A key pressed while the page still fills itself would land on what is about to be replaced.
    await phone.waitForLoadState('networkidle');
    await press('Tab', '跳到正文');
    await tabTo('我要反映');
    await phone.keyboard.press('Enter');
    await heading('发生了什么事？');
    await tabTo('说说情况');
    await phone.keyboard.type(ASKED);
    await tabTo('下一步：在哪里');
    await phone.keyboard.press('Enter');
    await heading('在哪里？');
    await tabTo('在地图上点');
    await phone.keyboard.press('ArrowUp');
    await tabTo('下一步：怎么联系您');
    await phone.keyboard.press('Enter');
    await heading('怎么联系您？');
    await tabTo('下一步：检查并提交');
    await phone.keyboard.press('Enter');
    await heading('看一遍，再提交');
    await tabTo(/^提交$/);
    await phone.keyboard.press('Enter');
    await proof();
  });

  test('the home page does not jump while it loads', async () => {
    await phone.goto('/');
    await phone.waitForLoadState('networkidle');
    const shift = await phone.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 200);
        }),
    );
    expect(shift).toBeLessThan(0.1);
  });

  /** Presses a key and expects the focus on what has this name. */
  async function press(key: string, name: string): Promise<void> {
    await phone.keyboard.press(key);
    expect(await focused()).toContain(name);
  }

  /** Tabs on until what has this name is focused; gives up after a page's worth of stops. */
  async function tabTo(name: string | RegExp): Promise<void> {
    for (let stops = 0; stops < 40; stops += 1) {
      const text = await focused();
      if (typeof name === 'string' ? text.includes(name) : name.test(text)) return;
      await phone.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${name}`);
  }

  /** The text of what is focused, or of its label. */
  function focused(): Promise<string> {
    return phone.evaluate(() => {
      const element = document.activeElement;
      const label =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0] : null;
      return (label ?? element)?.textContent ?? '';
    });
  }
});

/** Links, buttons and fields below 48 px, their label counted in; marks on a map are also in the list beside it. */
function smallTargets(screen: Page): Promise<string[]> {
  return screen.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a, button, input, select, textarea')]
      .filter(
        (element) => !element.closest('.sr-only, [hidden], .area-map') && !element.matches('.skip-link, [hidden]'),
      )
      .filter((element) => {
        const label = (element as HTMLInputElement).labels?.[0];
        const heights = [element, label].map((one) => one?.getBoundingClientRect().height ?? 0);
        return Math.max(...heights) < 47.5;
      })
      .map((element) => `${element.tagName} ${element.textContent?.trim()}`),
  );
}
