/**
 * Proofs for single requests, kept as long as the tab is open and never beyond their end: a phone is often shared. Who
 * proved his phone instead has a cookie that scripts cannot read.
 */
type Kept = { readonly token: string; readonly expiresAt: string };

const PREFIX = 'gongzhi.';

function read(name: string): Kept | undefined {
  try {
    const kept = JSON.parse(window.sessionStorage.getItem(PREFIX + name) ?? 'null') as Kept | null;
    return kept && Date.parse(kept.expiresAt) > Date.now() ? kept : undefined;
  } catch {
    return undefined;
  }
}

const memory = new Map<string, Kept>();

function write(name: string, kept: Kept): void {
  memory.set(name, kept);
  try {
    window.sessionStorage.setItem(PREFIX + name, JSON.stringify(kept));
  } catch {
    // Storage is forbidden; the proof lasts as long as the page.
  }
}

function drop(name: string): void {
  memory.delete(name);
  try {
    window.sessionStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept.
  }
}

const caseName = (number: string) => `case.${number}`;

export function caseProof(number: string): string | undefined {
  return (read(caseName(number)) ?? memory.get(caseName(number)))?.token;
}

export function keepCaseProof(answer: Kept & { readonly number: string }): void {
  write(caseName(answer.number), { token: answer.token, expiresAt: answer.expiresAt });
}

export function dropCaseProof(number: string): void {
  drop(caseName(number));
}
