/** What a spreadsheet would run as a formula (OWASP, CSV injection); full-width signs count, since some read them alike. */
const FORMULA = /^'*[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r]/;
/** A negative number is none, and an apostrophe would make text of it. */
const NUMBER = /^[+-]?\d{1,15}([.,]\d+)?$/;

/**
 * Text for a cell of any table that people open with a spreadsheet: what would run gets a leading apostrophe.
 * `plainCell` takes exactly that away again.
 */
export function safeCell(value: string): string {
  return runs(value) ? `'${value}` : value;
}

/** The text that `safeCell` was given. */
export function plainCell(value: string): string {
  return value.startsWith("'") && runs(value.slice(1)) ? value.slice(1) : value;
}

function runs(value: string): boolean {
  return FORMULA.test(value) && !NUMBER.test(value);
}

type Cell = string | number | boolean | null | undefined;

/**
 * One CSV cell, safe from formulas. Semicolons and tabs are quoted, too: a spreadsheet that separates by them would
 * begin a cell of its own there, and that cell could be a formula.
 */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = safeCell(value);
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One CSV line without its line end. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(csvCell).join(',');
}
