import { describe, expect, it } from 'vitest';
import { csvCell } from './csv.ts';

describe('cells of an export', () => {
  it('turns what a spreadsheet would run into text', () => {
    expect(csvCell('=1+1')).toBe("'=1+1");
    expect(csvCell('@SUM(A1)')).toBe("'@SUM(A1)");
    expect(csvCell(-3)).toBe('-3');
  });

  it('quotes separators, quotes and line ends', () => {
    expect(csvCell('路灯, "三盏"')).toBe('"路灯, ""三盏"""');
    expect(csvCell('一\n二')).toBe('"一\n二"');
    expect(csvCell('路灯')).toBe('路灯');
  });
});
