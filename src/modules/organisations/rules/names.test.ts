import { describe, expect, test } from 'vitest';
import { areaNameEn, bareTown, mark, transliterate } from './names.ts';

describe('names of areas', () => {
  test.each([
    ['龙池桥街道', 'Longchiqiao Subdistrict'],
    ['中馆驿镇', 'Zhongguanyi Town'],
    ['园林社区', 'Yuanlin Community'],
    ['七里桥村', 'Qiliqiao Village'],
    ['麻城市', 'Macheng City'],
    ['上城区', 'Shangcheng District'],
    ['龟峰山风景区管理处', 'Guifengshan Scenic Area'],
    ['国营狮子峰林场', 'State-run Shizifeng Forest Farm'],
  ])('%s is %s in English', (chinese, english) => {
    expect(areaNameEn(chinese)).toBe(english);
  });

  test.each([
    ['龙池桥街道', '龙池桥'],
    ['中馆驿镇', '中馆驿'],
    ['浮桥河国家湿地公园管理处', '浮桥河国家湿地公园'],
    ['麻城三河水库', '麻城三河水库'],
    ['莪山畲族乡', '莪山畲族乡'],
  ])('%s lends its stations the name %s', (whole, bare) => {
    expect(bareTown(whole)).toBe(bare);
  });

  test('offices of a county are called by its kind', () => {
    expect(['麻城市', '桐庐县', '上城区', '鄂温克旗'].map(mark)).toEqual(['市', '县', '区', '旗']);
  });

  test('what is not Chinese stays', () => {
    expect(transliterate('A1园区')).toBe('A1yuanqu');
  });
});
