/** What a spreadsheet would run as a formula (OWASP, CSV injection); full-width signs count, since some read them alike. */
const FORMULA = /^'*[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r]/;
/** A negative number is none, and an apostrophe would make text of it. */
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/** A cell of the report, with an apostrophe before what would run; `unguardCell` takes exactly that away again. */
export function guardCell(value: string): string {
  return runs(value) ? `'${value}` : value;
}

export function unguardCell(value: string): string {
  return value.startsWith("'") && runs(value.slice(1)) ? value.slice(1) : value;
}

function runs(value: string): boolean {
  return FORMULA.test(value) && !NUMBER.test(value);
}
