import { describe, expect, test } from 'vitest';
import { townKind, villageKind } from './kinds.ts';
import { nameParts } from './names.ts';

describe('the parts of a name', () => {
  test.each([
    ['多福巷社区居委会', '多福巷社区', '多福巷', 'duofuxiang', 'dfx'],
    ['西城村村民委员会', '西城村', '西城', 'xicheng', 'xc'],
    ['张家畈村委会', '张家畈村', '张家畈', 'zhangjiafan', 'zjf'],
    ['紫云居委会', '紫云社区', '紫云', 'ziyun', 'zy'],
    ['鲜村村委会', '鲜村', '鲜村', 'xiancun', 'xc'],
    ['果园场生活区', '果园场生活区', '果园场', 'guoyuanchang', 'gyc'],
    ['巴彦嘎查', '巴彦嘎查', '巴彦', 'bayan', 'by'],
  ])('of %s', (officialName, name, shortName, pinyin, initials) => {
    expect(nameParts(officialName, 'village')).toEqual({ name, officialName, shortName, pinyin, initials });
  });

  test.each([
    ['龙池桥街道', '龙池桥'],
    ['铁门岗乡', '铁门岗'],
    ['芒章办事处', '芒章'],
    ['浮桥河国家湿地公园管理处', '浮桥河国家湿地公园管理处'],
  ])('%s is short %s', (name, shortName) => {
    expect(nameParts(name, 'town')).toMatchObject({ name, shortName });
  });
});

describe('kinds by code and name', () => {
  test.each([
    ['421181001', '龙池桥街道', 'subdistrict'],
    ['421181100', '中馆驿镇', 'town'],
    ['421181200', '铁门岗乡', 'township'],
    ['421181401', '宋埠良种场', 'farm'],
    ['421181402', '麻城明山水库', 'reservoir'],
    ['421181471', '湖北麻城经济开发区', 'development_zone'],
    ['421181473', '浮桥河国家湿地公园管理处', 'park'],
    ['420100499', '阳春监狱', 'quasi_town'],
  ])('%s %s is a %s', (code, name, kind) => {
    expect(townKind(code, name)).toBe(kind);
  });

  test.each([
    ['421181001001', 'community'],
    ['421181001211', 'village'],
    ['421181101498', 'quasi_community'],
    ['421181101503', 'quasi_village'],
  ])('%s is a %s', (code, kind) => {
    expect(villageKind(code)).toBe(kind);
  });
});
