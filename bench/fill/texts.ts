import { indexWords } from '../../src/platform/search/words.ts';
import { Random } from './random.ts';

/** Words of an invented request, and what the search index makes of them. */
export type Text = {
  readonly title: string;
  readonly body: string;
  readonly place: string;
  readonly words: readonly string[];
};

const ROADS = [
  '建设路',
  '人民路',
  '幸福路',
  '解放路',
  '文化街',
  '工业大道',
  '滨河路',
  '中心街',
  '五一路',
  '桃园路',
  '青山路',
  '学府路',
];
const ESTATES = [
  '阳光花园',
  '锦绣小区',
  '龙泉新村',
  '金桂苑',
  '翠湖嘉园',
  '和平里',
  '东方家园',
  '柳林湾',
  '状元府',
  '清风苑',
];
const THINGS = [
  ['路灯', '不亮了'],
  ['下水道', '堵了'],
  ['自来水', '停了一天'],
  ['垃圾', '没人清运'],
  ['楼道', '堆放杂物'],
  ['电动车', '在楼道里充电'],
  ['施工', '夜间扰民'],
  ['油烟', '直排到居民楼'],
  ['工资', '被拖欠两个月'],
  ['道路', '有大坑'],
  ['井盖', '破损松动'],
  ['广场舞', '音响太吵'],
  ['占道经营', '影响通行'],
  ['违章停车', '堵住消防通道'],
  ['高空抛物', '砸坏车辆'],
  ['流浪狗', '追咬行人'],
  ['电梯', '经常停运'],
  ['物业费', '突然上涨'],
  ['暖气', '不热'],
  ['树木', '倒伏压线'],
  ['河水', '发黑发臭'],
  ['公交车', '改线后不方便'],
  ['燃气', '有异味'],
  ['宅基地', '边界有争议'],
] as const;
const SENTENCES = [
  '已经持续好几天了，多次向物业反映都没有结果。',
  '老人和小孩出行很不方便，晚上尤其危险。',
  '附近住户意见很大，希望有关部门尽快处理。',
  '之前有人来看过一次，之后就没有下文了。',
  '我们愿意配合调查，可以随时联系我。',
  '请问这件事归哪个部门管理，多久可以解决？',
  '昨天下雨以后情况更严重了，积水有十几厘米深。',
  '周末和节假日最厉害，半夜还能听见。',
  '商户说已经办过手续，但是拿不出证明。',
  '如果再不处理，担心会发生安全事故。',
  '照片已经拍好，需要的话可以提供。',
  '希望安排人员到现场看一看，给我们一个答复。',
  '同一栋楼的邻居也遇到了同样的问题。',
  '去年也发生过类似的情况，修好以后不到半年又坏了。',
];
/** Some people tell a long story. */
const LONG = 0.05;

/** A stock of invented texts, cut into words once; cases draw from it. */
export function makeTexts(count: number, seed: number): readonly Text[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const [thing, trouble] = random.early(THINGS);
    const spot = random.next() < 0.5 ? random.pick(ROADS) : random.pick(ESTATES);
    const place = `${spot}${1 + random.below(300)}号`;
    const sentences = random.next() < LONG ? 20 + random.below(45) : 1 + random.below(4);
    const title = `${spot}${thing}${trouble}`;
    const body = `${place}的${thing}${trouble}。${Array.from({ length: sentences }, () => random.pick(SENTENCES)).join('')}`;
    return { title, body, place, words: indexWords(`${title}\n${body}\n${place}`) };
  });
}
