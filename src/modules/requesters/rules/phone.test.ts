import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../kit/result.ts';
import { maskMail, maskName } from './mask.ts';
import { maskPhone, phoneEnding, readPhone } from './phone.ts';

describe('a telephone number', () => {
  test.each([
    ['13800138000', 'mobile', '13800138000'],
    ['138 0013 8000', 'mobile', '13800138000'],
    ['１３８００１３８０００', 'mobile', '13800138000'],
    ['+86 138-0013-8000', 'mobile', '13800138000'],
    ['008613800138000', 'mobile', '13800138000'],
    ['8613800138000', 'mobile', '13800138000'],
    ['0713-2912345', 'landline', '07132912345'],
    ['（0713）291 2345', 'landline', '07132912345'],
    ['+86 713 2912345', 'landline', '07132912345'],
    ['010-85201234转8012', 'landline', '01085201234x8012'],
    ['027－82812345', 'landline', '02782812345'],
    ['400-812-3456', 'service', '4008123456'],
  ])('written %s is the %s number %s', (written, kind, number) => {
    expect(readPhone(written)).toEqual({ kind, number });
  });

  test.each([
    ['2912345', 'requesters.phone_needs_area_code'],
    ['12345', 'requesters.bad_phone'],
    ['1380013800', 'requesters.bad_phone'],
    ['138001380001', 'requesters.bad_phone'],
    ['12800138000', 'requesters.bad_phone'],
    ['13800138000转12', 'requesters.bad_phone'],
    ['+1 212 555 0100', 'requesters.bad_phone'],
    ['一三八', 'requesters.bad_phone'],
    ['', 'requesters.bad_phone'],
  ])('written %s is refused with %s', (written, code) => {
    expect(readPhone(written)).toMatchObject({ code });
  });

  test('reads its own stored form as the same number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$|^0(10|2\d|[3-9]\d{2})[2-9]\d{6,7}(x\d{1,6})?$/), (number) => {
        const read = readPhone(number);
        return !isRefusal(read) && read.number === number;
      }),
    );
  });

  test('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (written) => void readPhone(written)));
  });
});

describe('a mask', () => {
  test('leaves of a number what its owner recognises and nobody can call', () => {
    expect(maskPhone('13800138000')).toBe('138****8000');
    expect(maskPhone('07132912345')).toBe('0713****45');
    expect(maskPhone('01085201234x8012')).toBe('010****34');
    expect(maskPhone('4008123456')).toBe('400****56');
    expect(phoneEnding('01085201234x8012')).toBe('1234');
  });

  test('does not tell how long a name is', () => {
    expect(maskName('汪秀英')).toBe('汪**');
    expect(maskName('李一')).toBe('李**');
    expect(maskName('𠮷田')).toBe('𠮷**');
    expect(maskName('  ')).toBe('');
  });

  test('leaves the host of a mail address', () => {
    expect(maskMail('wang@example.org')).toBe('w***@example.org');
    expect(maskMail('broken')).toBe('***');
  });
});
