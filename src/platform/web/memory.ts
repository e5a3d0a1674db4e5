/**
 * What a device keeps for its user (language, print size, drafts). Storage may be forbidden or full; then a choice
 * lasts as long as the page, and nothing breaks.
 */
const PREFIX = 'gongzhi.';

export function recall(name: string): unknown {
  try {
    const text = window.localStorage.getItem(PREFIX + name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Answers whether it was kept. */
export function remember(name: string, value: unknown): boolean {
  try {
    window.localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(name: string): void {
  try {
    window.localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept, so nothing is left.
  }
}
