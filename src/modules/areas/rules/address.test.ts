import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AddressParts, addressText, normalAddress, placeKey } from './address.ts';

const parts = (building: string, unit = '', room = '') => normalAddress({ estate: '锦绣花园', building, unit, room });

describe('the fixed spelling', () => {
  test.each(['1幢', '1栋', '1号楼', '1#', '１＃', '一栋', '1', '01幢', ' 1 栋 ', '第1栋', '1座'])(
    'building %j is 1幢',
    (written) => {
      expect(parts(written)).toMatchObject({ building: '1幢' });
    },
  );

  test.each([
    ['十二栋', '12幢'],
    ['二十一号楼', '21幢'],
    ['十栋', '10幢'],
    ['A座', 'A幢'],
    ['3-2栋', '3-2幢'],
    ['12b', '12B幢'],
    ['东楼', '东幢'],
    ['商业综合体', '商业综合体'],
  ])('building %s is %s', (written, building) => {
    expect(parts(written)).toMatchObject({ building });
  });

  test.each(['2单元', '二单元', '2门', '2', '０２单元'])('unit %s is 2单元', (written) => {
    expect(parts('1', written)).toMatchObject({ unit: '2单元' });
  });

  test.each(['101', '101室', '101号', '101房', '0101', '１０１'])('room %s is 101室', (written) => {
    expect(parts('1', '1', written)).toMatchObject({ room: '101室' });
  });
});

describe('a part that is missing', () => {
  test.each(['', ' ', '无', '-', '—', 'null', 'N/A', '没有', '/'])('%j is the literal 无', (written) => {
    expect(normalAddress({ estate: '锦绣花园', building: written, unit: written, room: written })).toEqual({
      estate: '锦绣花园',
      building: '无',
      unit: '无',
      room: '无',
    });
  });

  test('all of them missing is refused', () => {
    expect(normalAddress({})).toEqual({ reason: 'address_empty' });
  });
});

test('what cannot be stored is refused', () => {
  expect(normalAddress({ estate: 'a\u0000' })).toEqual({ reason: 'bad_characters' });
  expect(normalAddress({ estate: '园'.repeat(41) })).toEqual({ reason: 'address_too_long' });
});

test('the same place written in two ways has one key', () => {
  const one = normalAddress({ estate: '锦绣花园', building: '3栋', unit: '二单元', room: '０１０１' }) as AddressParts;
  const other = normalAddress({ estate: ' 锦绣花园', building: '3号楼', unit: '2', room: '101室' }) as AddressParts;

  expect(placeKey('421181001011', one)).toBe(placeKey('421181001011', other));
  expect(addressText(one)).toBe('锦绣花园3幢2单元101室');
});

test('spelling it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (estate, building, unit, room) => {
      const once = normalAddress({ estate, building, unit, room });
      if ('reason' in once) return;
      expect(normalAddress(once)).toEqual(once);
    }),
  );
});
