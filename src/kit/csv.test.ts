import { describe, expect, it } from 'vitest';
import { csvCell, csvLine, plainCell, safeCell } from './csv.ts';

describe('cells of a table', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+86 138', "'+86 138"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-cmd', "'-cmd"],
    [' =A1', `"' =A1"`.slice(1, -1)],
    ['＝A1', "'＝A1"],
    ['\u200b=A1', "'\u200b=A1"],
    ["'=A1", "''=A1"],
    ['\t=A1', '"\'\t=A1"'],
    ['好;=A1', '"好;=A1"'],
    ['a,"b"\n', '"a,""b""\n"'],
    ['-5', '-5'],
    ['-5.25', '-5.25'],
    ['路口', '路口'],
    [-5, '-5'],
    [null, ''],
    [true, 'true'],
  ])('%j is written as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('are joined to lines', () => {
    expect(csvLine(['a', 1, null, 'b,c'])).toBe('a,1,,"b,c"');
  });

  it.each(['=1+1', "'=1", '-5', "it's", '＠x', "''=1"])('%j comes back as it was', (value) => {
    expect(plainCell(safeCell(value))).toBe(value);
  });
});
