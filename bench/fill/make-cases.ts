import { hash } from 'node:crypto';
import { caseNumber } from '../../src/kit/case-number.ts';
import { dayOf } from '../../src/kit/time.ts';
import { Arrivals } from './arrivals.ts';
import { fillIn, type Values } from './pieces.ts';
import { Random } from './random.ts';
import { TABLES, type Table, type Template, type TownOrganisation } from './templates.ts';
import { makeTexts, type Text } from './texts.ts';

/** What all cases of one run are made of; goes to the threads as it is. */
export type Plan = {
  readonly seed: number;
  /** How many, and how many an earlier run made, whose numbers these follow. */
  readonly count: number;
  readonly first: number;
  readonly days: number;
  readonly now: number;
  readonly templates: readonly Template[];
  /** Codes of the areas people live in, those with most requests first. */
  readonly areas: readonly string[];
  readonly organisations: readonly TownOrganisation[];
  /** Class codes of each lane. */
  readonly classes: Readonly<Record<string, readonly string[]>>;
  readonly texts: number;
  readonly searchable: boolean;
  /** Ids that can be told beforehand, for scripts that need them; else random ones in order of time. */
  readonly counted: string | null;
};

export type Lines = Readonly<Record<Table, string[]>>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days a request takes on average, which says how many of a span are still open. */
const DAYS_OPEN = 7;
const MOST_OPEN = 0.12;
/** Of a thousand that come in after one another, so many are of one matter in one place. */
const STORM = 30;
/** Public numbers of a day begin after those of the demo. */
const FIRST_SERIAL = 100_000;
/** How the open ones wait, and how the others ended. */
const STATE_WEIGHTS: Readonly<Record<string, number>> = {
  registered: 15,
  dispatched: 18,
  accepted: 14,
  in_progress: 30,
  reported_done: 8,
  verifying: 4,
  call_back: 6,
  objected: 2,
  closed: 92,
  rejected: 3,
  referred: 3,
  withdrawn: 1.5,
  voided: 0.5,
};

type Indexed = Text & { readonly vector: string };

type Choice = {
  readonly template: Template;
  readonly opened: number;
  readonly text: Indexed;
  readonly area: string;
  readonly classCode: string;
};

/** Makes the cases of a plan, each the same however the work is shared out. */
export class CaseMaker {
  readonly #plan: Plan;
  readonly #arrivals: Arrivals;
  readonly #texts: readonly Indexed[];
  readonly #open: readonly Template[];
  readonly #ended: readonly Template[];
  readonly #openShare: number;
  readonly #organisations: ReadonlyMap<string, string>;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#arrivals = new Arrivals(plan.count, plan.days, new Date(plan.now));
    this.#texts = makeTexts(plan.texts, plan.seed).map((text) => ({ ...text, vector: vectorOf(text.words) }));
    this.#open = weighted(plan.templates.filter(({ open }) => open));
    this.#ended = weighted(plan.templates.filter(({ open }) => !open));
    const share = Math.min(MOST_OPEN, DAYS_OPEN / plan.days);
    this.#openShare = this.#ended.length === 0 ? 1 : this.#open.length === 0 ? 0 : share;
    this.#organisations = new Map(plan.organisations.map(({ id, kind, town }) => [`${kind} ${town}`, id]));
  }

  /** Writes the lines of one case. */
  make(place: number, into: Lines): void {
    const random = new Random(this.#plan.seed * 31 + place * 7919);
    const choice = this.#choose(place, random);
    const { template, opened, text, area } = choice;
    const town = area.slice(0, 9);
    const id = this.#id(place, opened, random);
    const serial = FIRST_SERIAL + this.#plan.first + place;
    const blank = template.rows['cases.event'].map(() => '');
    const values: { -readonly [kind in keyof Values]: string[] } = {
      id: [id],
      number: [caseNumber(dayOf(new Date(opened)), serial)],
      area: [area],
      class: [choice.classCode],
      time: template.offsets.map((offset) => new Date(opened + offset).toISOString()),
      organisation: template.organisations.map(
        ({ id: own, kind }) => this.#organisations.get(`${kind} ${town}`) ?? own,
      ),
      title: [text.title],
      body: [text.body],
      place: [text.place],
      search: [this.#plan.searchable ? text.vector : ''],
      previous: [...blank],
      hash: [...blank],
      commitment: [...blank],
      salt: blank.map((_, at) => saltOf(id, at)),
      head: [''],
    };
    chain(template, values);
    this.#write(template, opened, values, into);
  }

  #write(template: Template, opened: number, values: Values, into: Lines): void {
    for (const table of TABLES) {
      if (table === 'platform.timer') continue;
      for (const row of template.rows[table]) into[table].push(fillIn(row, values));
    }
    // A timer that is already due would go off at once, for thousands of cases.
    const due = template.stageDueOffset;
    if (template.open && due !== null && opened + due > this.#plan.now + HOUR_MS)
      for (const row of template.rows['platform.timer']) into['platform.timer'].push(fillIn(row, values));
  }

  #choose(place: number, random: Random): Choice {
    const storm = place % 1000 < STORM && this.#plan.counted === null;
    // What a storm shares is drawn from its own chance.
    const shared = storm ? new Random(this.#plan.seed + Math.floor(place / 1000)) : random;
    const text = shared.pick(this.#texts);
    const area = shared.early(this.#plan.areas);
    const open = random.next() < this.#openShare;
    const template = random.pick(open ? this.#open : this.#ended);
    const codes = this.#plan.classes[template.lane] ?? [];
    return {
      template,
      text,
      area,
      classCode: shared.early(codes),
      opened: open ? this.#lately(template, random) : this.#arrivals.at(place),
    };
  }

  /** An open case came in so lately that most are in time, and all that happened to it has happened. */
  #lately(template: Template, random: Random): number {
    const last = template.lastEventOffset;
    // Copies that are to be stepped are as fresh as the case itself: none of their clocks may run out meanwhile.
    if (this.#plan.counted !== null) return Math.floor(this.#plan.now - last - 60_000 * random.next());
    const room = template.stageDueOffset === null ? 3 * DAY_MS : Math.max(HOUR_MS, template.stageDueOffset - last);
    return Math.floor(this.#plan.now - last - 1000 - room * 1.15 * random.next());
  }

  #id(place: number, opened: number, random: Random): string {
    const { counted } = this.#plan;
    if (counted !== null) return countedId(counted, place);
    const time = opened.toString(16).padStart(12, '0');
    const [one, other, third] = [random.below(2 ** 28), random.below(2 ** 24), random.below(2 ** 24)];
    const tail = one.toString(16).padStart(7, '0');
    const rest = `${other.toString(16).padStart(6, '0')}${third.toString(16).padStart(6, '0')}`;
    return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${rest}`;
  }
}

/** The id of the `place`-th case of a run with counted ids; SQL can write it, too. */
export function countedId(series: string, place: number): string {
  return `00000000-${series}-7000-8000-${place.toString(16).padStart(12, '0')}`;
}

export function emptyLines(): Lines {
  return Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Lines;
}

/** Hashes event after event; each covers the one before. */
function chain(template: Template, values: { -readonly [kind in keyof Values]: string[] }): void {
  let previous = '0'.repeat(64);
  for (const [at, { event, content }] of template.hashed.entries()) {
    values.commitment[at] = content ? sha256(fillIn(content, values)) : '';
    values.previous[at] = previous;
    previous = sha256(fillIn(event, values));
    values.hash[at] = previous;
  }
  values.head[0] = previous;
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** 16 bytes of its own for each event; nobody's secret here. */
function saltOf(id: string, at: number): string {
  return `${id.replaceAll('-', '').slice(0, 30)}${(at + 16).toString(16)}`;
}

function weighted(templates: readonly Template[]): readonly Template[] {
  const states = Map.groupBy(templates, ({ state }) => state);
  return [...states].flatMap(([state, list]) => {
    const copies = Math.max(1, Math.round((STATE_WEIGHTS[state] ?? 1) * 10));
    return Array.from({ length: copies }, (_, at) => list[at % list.length] as Template);
  });
}

/** As PostgreSQL reads a tsvector, inside a line of COPY. */
function vectorOf(words: readonly string[]): string {
  return words
    .map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`)
    .join(' ')
    .replaceAll('\\', '\\\\');
}
