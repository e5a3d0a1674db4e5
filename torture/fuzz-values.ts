import type { Chance } from './chance.ts';

/** The part of JSON Schema 2020-12 that the API document uses. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly pattern?: string;
};

/** Values of the running demo that make a request reach further than a made-up one. */
export type Known = {
  readonly ids: readonly string[];
  readonly codes: readonly string[];
  readonly words: readonly string[];
};

const WORDS = [
  '路灯不亮',
  '积水',
  'lamp',
  '张三（虚构）',
  '2026-03-01',
  '2026-03-01T08:00:00+08:00',
  '13800138000',
  '1101',
];

/** Text that programs trip over. */
const NASTY = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u200f\u200b',
  '👩‍👩‍👧‍👦'.repeat(50),
  'e\u0301'.repeat(300),
  '字'.repeat(5000),
  'x'.repeat(70_000),
  "' OR 1=1 --",
  "'; DROP TABLE cases.event; --",
  '<script>alert(1)</script>',
  '{{7*7}}#{7*7}',
  '../../../../etc/passwd',
  '..%2f..%2f',
  '%00',
  '%',
  '\\',
  '\r\nX-Injected: 1',
  '=1+1',
  'NaN',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  '-0',
  '1e309',
  '0x10',
  '9223372036854775808',
  '99999999999999999999999999',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00',
  '2026-02-30',
  '9999-12-31T23:59:60Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'eyJhZnRlciI6W119',
];

const NASTY_NUMBERS = [0, -0, -1, 0.1, 1.5, 1e21, -1e21, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 180.0000001, 1e-308];

/** A value that the schema would take, mostly. */
export function fitting(chance: Chance, schema: Schema, known: Known, all: Readonly<Record<string, Schema>>): unknown {
  const make = (inner: Schema) => fitting(chance, inner, known, all);
  if (schema.$ref) return make(all[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return chance.pick(schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return make(chance.pick(either));
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(make));
  const type = Array.isArray(schema.type) ? chance.pick(schema.type as readonly string[]) : schema.type;
  if (type === 'object') return fittingObject(chance, schema, make);
  if (type === 'array') {
    const count = chance.between(schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3));
    return Array.from({ length: count }, () => make(schema.items ?? {}));
  }
  if (type === 'string') return fittingText(chance, schema, known);
  if (type === 'integer' || type === 'number') return fittingNumber(chance, schema, type === 'integer');
  if (type === 'boolean') return chance.oneIn(2);
  return null;
}

function fittingObject(chance: Chance, schema: Schema, make: (inner: Schema) => unknown): unknown {
  const required = new Set(schema.required ?? []);
  const entries = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name) || chance.oneIn(2));
  return Object.fromEntries(entries.map(([name, inner]) => [name, make(inner)]));
}

function fittingText(chance: Chance, schema: Schema, known: Known): string {
  if (schema.format === 'uuid') return chance.pick(known.ids);
  if (schema.format === 'date') return `2026-0${chance.between(1, 9)}-1${chance.between(0, 9)}`;
  if (schema.format === 'date-time') return `2026-03-1${chance.between(0, 9)}T0${chance.between(0, 9)}:00:00+08:00`;
  if (schema.format === 'email') return 'nobody@example.com';
  if (schema.pattern || chance.oneIn(3)) return chance.pick(known.codes);
  const long = chance.pick([...WORDS, ...known.words]);
  return long.padEnd(schema.minLength ?? 0, '。').slice(0, schema.maxLength ?? 200);
}

function fittingNumber(chance: Chance, schema: Schema, whole: boolean): number {
  const low = Math.max(schema.minimum ?? 0, -1e6);
  const high = Math.max(low, Math.min(schema.maximum ?? low + 100, low + 1000));
  return whole ? chance.between(Math.ceil(low), Math.floor(high)) : low + chance.next() * (high - low);
}

/** Something no contract expects: another type, a bound overstepped, strange text, deep or wide structures. */
export function odd(chance: Chance): unknown {
  const kind = chance.between(0, 9);
  if (kind <= 3) return chance.pick(NASTY);
  if (kind <= 5) return chance.pick(NASTY_NUMBERS);
  if (kind === 6) return chance.pick([null, true, false, [], {}, [[]], [null], { '': '' }]);
  if (kind === 7) return nested(chance.between(2, 200));
  if (kind === 8) return Array.from({ length: chance.between(11, 2000) }, (_, index) => index);
  return JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": {"x": 1}}}');
}

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

export const oddText = (chance: Chance): string => chance.pick(NASTY);

/** The value with one place in it changed, left out or added. */
export function bent(chance: Chance, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || chance.oneIn(8)) return odd(chance);
  if (Array.isArray(value)) {
    if (value.length === 0 || chance.oneIn(4)) return [...value, odd(chance)];
    const at = chance.between(0, value.length - 1);
    return value.map((item, index) => (index === at ? bent(chance, item) : item));
  }
  const names = Object.keys(value);
  if (names.length === 0 || chance.oneIn(6)) return { ...value, [oddText(chance) || 'extra']: odd(chance) };
  const at = chance.pick(names);
  const { [at]: changed, ...others } = value as Record<string, unknown>;
  return chance.oneIn(5) ? others : { ...others, [at]: bent(chance, changed) };
}
