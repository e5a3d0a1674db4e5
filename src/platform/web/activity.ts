/** By this header a page says of a request that no person caused it; the server then does not lengthen the session. */
export const PASSIVE_HEADER = 'x-gongzhi-passive';

/** What follows so soon after a key, a press or a turn of the wheel was caused by it. */
const RECENT_MS = 20_000;
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'input'] as const;

let lastSign: number | undefined;

/** Watches for signs of a person at the page; opening it is one. Answers how to stop. */
export function watchActivity(): () => void {
  const note = () => {
    lastSign = Date.now();
  };
  note();
  for (const sign of SIGNS) window.addEventListener(sign, note, { capture: true, passive: true });
  return () => {
    for (const sign of SIGNS) window.removeEventListener(sign, note, { capture: true });
    lastSign = undefined;
  };
}

/** True on a page that is watched and shows no sign of a person; what it asks by itself is passive. */
export function isNobodyThere(): boolean {
  return lastSign !== undefined && Date.now() - lastSign > RECENT_MS;
}
