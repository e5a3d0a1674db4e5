import { pinyin } from 'pinyin-pro';

/** Endings of area names and what they are called in English; longer endings first, null leaves the ending out. */
const ENDINGS: readonly (readonly [string, string | null])[] = [
  ['社区', 'Community'],
  ['生活区', 'Residential Area'],
  ['经济技术开发区', 'Economic and Technological Development Zone'],
  ['经济开发区', 'Economic Development Zone'],
  ['开发区', 'Development Zone'],
  ['国家湿地公园管理处', 'National Wetland Park'],
  ['风景区管理处', 'Scenic Area'],
  ['管理委员会', null],
  ['管理处', null],
  ['管委会', null],
  ['国家湿地公园', 'National Wetland Park'],
  ['风景名胜区', 'Scenic Area'],
  ['风景区', 'Scenic Area'],
  ['产业园区', 'Industrial Park'],
  ['工业园区', 'Industrial Park'],
  ['产业园', 'Industrial Park'],
  ['工业园', 'Industrial Park'],
  ['园区', 'Park'],
  ['新区', 'New Area'],
  ['自治县', 'Autonomous County'],
  ['街道', 'Subdistrict'],
  ['良种场', 'Seed Farm'],
  ['林场', 'Forest Farm'],
  ['茶场', 'Tea Farm'],
  ['渔场', 'Fish Farm'],
  ['农场', 'Farm'],
  ['水库', 'Reservoir'],
  ['镇', 'Town'],
  ['乡', 'Township'],
  ['村', 'Village'],
  ['市', 'City'],
  ['县', 'County'],
  ['区', 'District'],
  ['旗', 'Banner'],
];

/** Chinese syllables run together with a capital; other characters stay: 龙池桥 → Longchiqiao. */
export function transliterate(chinese: string): string {
  if (chinese.startsWith('国营') && chinese.length > 2) return `State-run ${transliterate(chinese.slice(2))}`;
  const joined = pinyin(chinese, { toneType: 'none', type: 'array' }).join('');
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}

/** 龙池桥街道 → Longchiqiao Subdistrict. */
export function areaNameEn(name: string): string {
  const found = ENDINGS.find(([ending]) => name.length > ending.length && name.endsWith(ending));
  if (!found) return transliterate(name);
  const [ending, english] = found;
  const stem = transliterate(name.slice(0, -ending.length));
  return english === null ? stem : `${stem} ${english}`;
}

/** 龙池桥街道 → 龙池桥; ethnic townships and bodies of other kinds keep their whole name. */
export function bareTown(name: string): string {
  if (name.endsWith('族乡') || name.length < 3) return name;
  return name.replace(/(?:街道|镇|乡|管理处|管委会|管理委员会)$/, '');
}

/** 市, 县, 区 or 旗, as offices of the jurisdiction are called for short: 市住建局. */
export function mark(placeName: string): string {
  return /[市县区旗]$/.test(placeName) ? placeName.slice(-1) : '县';
}
