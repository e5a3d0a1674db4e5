import type { Page } from 'playwright-core';

const THUMB = 48;

/** What a phone's page must not have: more width than the screen, or controls lower than a thumb (48 px). */
export async function phoneProblems(screen: Page): Promise<string[]> {
  const { room, wide, low } = await screen.evaluate((least) => {
    const controls = document.querySelectorAll(
      'main :is(button, select, summary, input:not([type=hidden])), nav a, header a',
    );
    const found = [...controls].flatMap((control) => {
      // A choice is pressed through its label; what only screen readers meet is one pixel.
      const { width, height } = (control.closest('label, .ant-select') ?? control).getBoundingClientRect();
      const name = control.getAttribute('aria-label') ?? control.id ?? '';
      const words = `${control.tagName.toLowerCase()} "${name} ${control.textContent?.trim().slice(0, 30) ?? ''}"`;
      return width > 1 && height > 1 && Math.round(height) < least ? [`${words} is ${Math.round(height)} px high`] : [];
    });
    return { room: window.innerWidth, wide: document.documentElement.scrollWidth, low: [...new Set(found)] };
  }, THUMB);
  return [...(wide > room ? [`${screen.url()} is ${wide} px wide on a screen of ${room}`] : []), ...low];
}
