import type { Page } from 'playwright-core';

const CHINESE = /\p{Script=Han}+/gu;

/** What the platform's answers hold: words that have no English of their own, and those that have. */
export type Data = { readonly plain: Set<string>; readonly translated: Set<string> };

/** Gathers the words in every answer that the page is given from now on. */
export function gatherData(screen: Page): () => Promise<Data> {
  const data: Data = { plain: new Set(), translated: new Set() };
  const reading: Promise<void>[] = [];
  screen.on('response', (answer) => {
    if (!new URL(answer.url()).pathname.startsWith('/api/')) return;
    if (!answer.headers()['content-type']?.includes('json')) return;
    reading.push(
      answer.json().then(
        (body: unknown) => sortWords(body, data),
        () => undefined, // the page was left before the answer was read
      ),
    );
  });
  return async () => {
    await Promise.all(reading);
    return data;
  };
}

/** `nameZh` or `name` beside a `nameEn` has its English; everything else is as people wrote or named it. */
function sortWords(value: unknown, data: Data): void {
  if (Array.isArray(value)) for (const one of value) sortWords(one, data);
  if (typeof value === 'string') data.plain.add(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, one] of Object.entries(value)) {
    const english = (value as Record<string, unknown>)[`${name === 'shortName' ? 'name' : name.replace(/Zh$/, '')}En`];
    if (typeof one === 'string' && typeof english === 'string' && english !== '') data.translated.add(one);
    else sortWords(one, data);
  }
}

/** Everything a person reads or hears on the page, but what is marked as being of another language. */
async function wordsOf(screen: Page): Promise<string[]> {
  return screen.evaluate(() => {
    const own = document.documentElement.lang;
    const isOwn = (element: Element | null) => element?.closest('[lang]')?.getAttribute('lang') === own;
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element?.checkVisibility() && isOwn(element) && !element.closest('script, style'))
        found.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (!element.checkVisibility() || !isOwn(element)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '');
    }
    return found;
  });
}

/** Chinese on an English page that is not data, or is data that has English of its own. */
export async function leftInChinese(screen: Page, { plain, translated }: Data): Promise<string[]> {
  const known = [...plain].join('\n');
  const runs = (await wordsOf(screen)).flatMap((words) => words.match(CHINESE) ?? []);
  return [...new Set(runs)].filter((run) => !known.includes(run) || (translated.has(run) && !plain.has(run)));
}

/** Keys of texts that were shown for want of the text, such as `cases.ui.title`. */
export async function bareKeys(screen: Page): Promise<string[]> {
  return (await wordsOf(screen)).flatMap((words) => words.match(/\b[a-z]+\.[a-z_]+\.[a-z_]+/g) ?? []);
}
