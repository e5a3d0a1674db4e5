/** Invented people: every name says that it is one. */
const SURNAMES = [...'王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧'];
const PINYIN = [
  'Wang',
  'Li',
  'Zhang',
  'Liu',
  'Chen',
  'Yang',
  'Huang',
  'Zhao',
  'Zhou',
  'Wu',
  'Xu',
  'Sun',
  'Hu',
  'Zhu',
  'Gao',
  'Lin',
  'He',
  'Guo',
  'Ma',
  'Luo',
  'Liang',
  'Song',
  'Zheng',
  'Xie',
  'Han',
  'Tang',
  'Feng',
  'Yu',
  'Dong',
  'Xiao',
];
const GIVEN = ['示例', '演示', '样本', '范例', '示范', '试用'];
const GIVEN_EN = ['Shili', 'Yanshi', 'Yangben', 'Fanli', 'Shifan', 'Shiyong'];

export type InventedPerson = { readonly name: string; readonly nameEn: string; readonly phone: string };

/** The `index`-th invented person; every number ends in its own digits behind 199 0000. */
export function inventedPerson(index: number): InventedPerson {
  const surname = index % SURNAMES.length;
  const given = Math.floor(index / SURNAMES.length) % GIVEN.length;
  const round = Math.floor(index / (SURNAMES.length * GIVEN.length));
  const suffix = round === 0 ? '' : String(round + 1);
  return {
    name: `${SURNAMES[surname]}${GIVEN[given]}${suffix}`,
    nameEn: `${PINYIN[surname]} ${GIVEN_EN[given]}${suffix && ` ${suffix}`}`,
    phone: `1990000${String(index + 1).padStart(4, '0')}`,
  };
}

/** Small deterministic generator (mulberry32), so that every demo looks the same. */
export function createDice(seed: number): Dice {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    number: (from, to) => from + next() * (to - from),
    whole: (from, to) => Math.floor(from + next() * (to - from + 1)),
    chance: (share) => next() < share,
    pick: (list) => {
      const item = list[Math.floor(next() * list.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}

export type Dice = {
  number(from: number, to: number): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
};
