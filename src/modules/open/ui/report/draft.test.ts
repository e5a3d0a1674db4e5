import { describe, expect, test } from 'vitest';
import {
  bodyOf,
  complaintsOf,
  type DraftPoint,
  EMPTY_DRAFT,
  firstOpenStep,
  looksLikePhone,
  placeLines,
  type ReportDraft,
  stepOf,
} from './draft.ts';

const MAX = 2000;
const lamp: ReportDraft = { ...EMPTY_DRAFT, text: '菜市场后门的路灯坏了三盏', how: 'unknown', detail: '菜市场后门' };

describe('what a step asks for', () => {
  test('words, at least four and not more than fit', () => {
    expect(complaintsOf('what', EMPTY_DRAFT, MAX).text?.key).toBe('open.report.text_missing');
    expect(complaintsOf('what', { ...lamp, text: ' 灯坏 ' }, MAX).text?.key).toBe('open.report.text_short');
    const long = complaintsOf('what', { ...lamp, text: '😀'.repeat(2001) }, MAX).text;
    expect(long).toEqual({ key: 'open.report.text_long', values: { max: MAX, n: 2001 } });
    expect(complaintsOf('what', { ...lamp, text: '😀'.repeat(2000) }, MAX)).toEqual({});
  });

  test('a place only in the way that was chosen', () => {
    expect(complaintsOf('where', EMPTY_DRAFT, MAX).how?.key).toBe('open.report.where_missing');
    expect(complaintsOf('where', { ...lamp, how: 'point' }, MAX).point?.key).toBe('open.report.where_point_missing');
    expect(complaintsOf('where', { ...lamp, how: 'area' }, MAX).area?.key).toBe('open.report.where_area_missing');
    expect(complaintsOf('where', lamp, MAX)).toEqual({});
  });

  test('no contact at all, or one that can be called', () => {
    expect(complaintsOf('contact', lamp, MAX)).toEqual({});
    expect(complaintsOf('contact', { ...lamp, phone: '13800' }, MAX).phone?.key).toBe('open.report.phone_wrong');
    expect(['13800138000', '０１３８００１３８００', '+86 138-0013-8000', '0713-2912345'].every(looksLikePhone)).toBe(
      true,
    );
  });

  test('an address typed by hand leads to the first step that is open', () => {
    expect(firstOpenStep(EMPTY_DRAFT, MAX)).toBe('what');
    expect(firstOpenStep({ ...lamp, how: null }, MAX)).toBe('where');
    expect(firstOpenStep(lamp, MAX)).toBe('check');
    expect(stepOf('contact')).toBe('contact');
    expect(stepOf('nonsense')).toBe('what');
  });
});

const tapped: DraftPoint = {
  lon: 115,
  lat: 31,
  from: 'map',
  at: { code: '421181001001', path: '龙池桥街道 · 园林社区', drawn: false },
};
const town = { code: '421181001', path: '龙池桥街道' };

describe('what is sent', () => {
  test('only the place of the chosen way, and only photos the server has', () => {
    const draft: ReportDraft = {
      ...lamp,
      point: tapped,
      area: town,
      photos: [
        { id: 'a', name: 'a.jpg', size: 1, fileId: '0190a' },
        { id: 'b', name: 'b.jpg', size: 1, fileId: null },
      ],
    };
    expect(bodyOf(draft)).toMatchObject({ place: { kind: 'unknown', detail: '菜市场后门' }, fileIds: ['0190a'] });
    expect(bodyOf({ ...draft, how: 'point' }).place).toMatchObject({
      kind: 'point',
      lon: 115,
      lat: 31,
      areaCode: null,
    });
    expect(bodyOf({ ...draft, how: 'area' }).place).toMatchObject({ kind: 'area', areaCode: '421181001' });
  });

  test('a tap on a drawn map as the area it means, not as a place on earth', () => {
    const drawn: DraftPoint = { ...tapped, at: { code: '421181001001', path: '龙池桥街道 · 园林社区', drawn: true } };
    const draft: ReportDraft = { ...lamp, how: 'point', point: drawn };
    expect(bodyOf(draft).place).toEqual({ kind: 'area', areaCode: '421181001001', detail: '菜市场后门' });
    expect(placeLines(draft)).toEqual(['龙池桥街道 · 园林社区', '菜市场后门']);
  });

  test('a position of the phone as it is, with the town that was picked where only a drawing tells', () => {
    const here: DraftPoint = { ...tapped, from: 'phone', at: { code: '421181100', path: '中馆驿镇', drawn: true } };
    const draft: ReportDraft = { ...lamp, how: 'point', point: here, area: town };
    expect(bodyOf(draft).place).toMatchObject({ kind: 'point', lon: 115, lat: 31, areaCode: '421181001' });
    expect(placeLines(draft)).toEqual(['龙池桥街道', '菜市场后门']);
    expect(placeLines({ ...draft, area: null, detail: '' })).toEqual(['point']);
  });
});
