import { levelOf } from '../../kit/codes.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { daysBetween } from '../../kit/time.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import type { Lane } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { AnswerOf, QueryOf } from '../../platform/http/contract.ts';
import { areaNames, areaPath, partsOf } from '../areas/index.ts';
import { classNames } from '../catalogue/index.ts';
import { organisationNames } from '../organisations/index.ts';
import * as contract from './contract.ts';
import { findProgress } from './count-cases.ts';
import { classFamily, readAlone, sumsOf } from './read-counts.ts';
import { addUp, figuresOf, type Measures } from './rules/figures.ts';
import { type Group, planOf, type Question } from './rules/plan.ts';
import { areasOfReader, type Reach, reachInto } from './scope.ts';

/** A leap year. Longer ones are asked for by area or as a whole, where months are enough. */
const LONGEST_DAYS = 366;

export function statisticsRoutes(app: App): readonly Route[] {
  return [
    route(contract.readCounts, async ({ tx, actor, query }) => {
      const areas = areasOfReader(app.permissions, actor);
      const areaCode = query.area ?? areas[0];
      if (areaCode === undefined) return refuse('statistics.area_not_yours');
      const reach = reachInto(app.permissions, actor, areaCode);
      if (isRefusal(reach)) return reach;
      return countsOf(tx, query, { areaCode, areas, reach });
    }),
  ];
}

type Query = QueryOf<typeof contract.readCounts>;
type Answer = AnswerOf<typeof contract.readCounts>;
type Where = { readonly areaCode: string; readonly areas: readonly string[]; readonly reach: Reach };

/** Two waits for the database: where the counts stand, and the counts. Names and divisions are kept by their modules. */
async function countsOf(tx: ReadTx, query: Query, { areaCode, areas, reach }: Where): Promise<Result<Answer>> {
  const [progress, steps, children, names, question] = await Promise.all([
    findProgress(tx),
    areaPath(tx, areaCode),
    query.by === 'area' ? partsOf(tx, areaCode) : [],
    areaNames(tx, areas),
    questionOf(tx, query, areaCode, reach.lanes),
    readAlone(tx),
  ]);
  const area = steps.at(-1);
  if (!area) return refuse('statistics.area_not_yours');
  if (isRefusal(question)) return question;
  const codes = children.map((child) => child.code);
  const plan = planOf(question, codes[0]?.length ?? areaCode.length, progress?.fineFrom ?? '9999-12-31');
  if ('refused' in plan) return refuse(plan.refused);
  const asked = { question, plan, areas: query.by === 'area' ? codes : [areaCode], restricted: reach.restricted };
  const [sums, whole] = await Promise.all([
    query.by === 'area' && codes.length === 0 ? new Map<string, Measures>() : sumsOf(tx, asked),
    query.by === 'area' ? totalOf(tx, question, reach, progress?.fineFrom) : null,
  ]);
  const total = whole ?? addUp(sums.values());
  if (isRefusal(total)) return total;
  return {
    area: { code: area.code, name: area.name, level: area.level },
    path: steps
      .filter((step) => areas.some((own) => step.code.startsWith(own)))
      .map(({ code, name }) => ({ code, name })),
    areas: [...names].map(([code, { name }]) => ({ code, name })),
    by: query.by,
    complete: progress?.countedAt != null,
    counted: progress?.counted ?? 0,
    followedAt: progress?.followedAt?.toISOString() ?? null,
    restricted: reach.restricted,
    lanes: reach.lanes === null ? null : [...reach.lanes],
    total: figuresOf(total),
    direct: query.by === 'area' ? figuresOf(without(total, addUp(sums.values()))) : null,
    items: await itemsOf(tx, query.by, codes, sums, new Map(children.map((child) => [child.code, child.name]))),
  };
}

/** The area as a whole, beside what lies in it. */
async function totalOf(
  tx: ReadTx,
  question: Question,
  reach: Reach,
  fineFrom = '9999-12-31',
): Promise<Result<Measures>> {
  const whole: Question = { ...question, by: 'none' };
  const plan = planOf(whole, question.areaCode.length, fineFrom);
  if ('refused' in plan) return refuse(plan.refused);
  return addUp(
    (await sumsOf(tx, { question: whole, plan, areas: [question.areaCode], restricted: reach.restricted })).values(),
  );
}

function without(all: Measures, some: Measures): Measures {
  return new Map([...all].map(([name, count]) => [name, count - (some.get(name) ?? 0)]));
}

async function questionOf(
  tx: ReadTx,
  query: Query,
  areaCode: string,
  allowed: readonly Lane[] | null,
): Promise<Result<Question>> {
  const { by, from, to, classCode, organisationId, channel, lane } = query;
  if ((from === undefined) !== (to === undefined)) return refuse('statistics.days_missing');
  const days = from !== undefined && to !== undefined ? { from, to } : null;
  const length = days === null ? null : daysBetween(days.from, days.to);
  if (length !== null && (length < 0 || (days !== null && days.from < '1990-01-01') || length > 36_600))
    return refuse('statistics.days_wrong');
  if (!['none', 'area'].includes(by) && (length === null || length > LONGEST_DAYS))
    return refuse(length === null ? 'statistics.days_missing' : 'statistics.days_wrong');
  const lanes =
    allowed === null
      ? lane === undefined
        ? undefined
        : [lane]
      : lane === undefined
        ? allowed
        : allowed.filter((one) => one === lane);
  return {
    areaCode,
    by,
    days,
    only: {
      ...(classCode === undefined ? {} : { class: await classFamily(tx, classCode) }),
      ...(organisationId === undefined ? {} : { organisation: [organisationId] }),
      ...(channel === undefined ? {} : { channel: [channel] }),
      ...(lanes === undefined ? {} : { lane: lanes }),
    },
  };
}

async function itemsOf(
  tx: ReadTx,
  by: Group,
  children: readonly string[],
  sums: ReadonlyMap<string, Measures>,
  areas: ReadonlyMap<string, string>,
): Promise<Answer['items']> {
  if (by === 'none') return [];
  // Every area stands in the list, those without any case too; of the others what there is.
  const keys = by === 'area' ? children.filter((code) => sums.has(code) || areas.has(code)) : [...sums.keys()].sort();
  const names = await namesOf(tx, by, keys, areas);
  return keys.map((key) => ({
    key,
    name: names.get(key) ?? null,
    drill: by === 'area' ? levelOf(key) !== 'micro_grid' : null,
    ...figuresOf(sums.get(key) ?? new Map()),
  }));
}

type Named = { readonly zh: string; readonly en: string };

async function namesOf(
  tx: ReadTx,
  by: Group,
  keys: readonly string[],
  areas: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Named>> {
  if (by === 'area') return new Map([...areas].map(([code, name]) => [code, { zh: name, en: name }]));
  if (by === 'class') {
    const names = await classNames(tx, keys);
    return new Map([...names].map(([code, { nameZh, nameEn }]) => [code, { zh: nameZh, en: nameEn }]));
  }
  if (by !== 'organisation') return new Map();
  const names = await organisationNames(tx, keys);
  return new Map([...names].map(([id, { name, nameEn }]) => [id, { zh: name, en: nameEn }]));
}
