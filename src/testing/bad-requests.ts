import type { Filed, Who } from './desk.ts';
import { LAMP, LAMP_BY_RESIDENT, WASTE } from './desk.ts';

/** Cases and offices that the requests are about. */
export type Scene = { readonly registered: Filed; readonly working: Filed; readonly closedOffice: string };

/** A request that cannot be taken, and what it must be answered with. */
export type BadRequest = {
  readonly what: string;
  readonly who?: Who;
  readonly path: (scene: Scene) => string;
  readonly body: (scene: Scene) => unknown;
  readonly status: number;
  readonly code: string;
  /** Field and code, where a field is to blame. */
  readonly field?: readonly [path: string, code: string];
};

const portal = (over: object) => () => ({ ...LAMP_BY_RESIDENT, ...over });
const desk = (over: object) => () => ({ ...LAMP, ...over });
const toPortal = { path: () => '/api/public/cases' };
const toDesk = { who: 'dispatcher', path: () => '/api/cases' } as const;
const invalid = { status: 400, code: 'http.invalid_input' };

export const FIELDS: readonly BadRequest[] = [
  {
    what: 'a number for a text',
    ...toPortal,
    body: portal({ text: 42 }),
    ...invalid,
    field: ['text', 'field.wrong_type'],
  },
  {
    what: 'a list for a text',
    ...toPortal,
    body: portal({ text: ['路灯'] }),
    ...invalid,
    field: ['text', 'field.wrong_type'],
  },
  {
    what: 'text for a list',
    ...toPortal,
    body: portal({ fileIds: 'x' }),
    ...invalid,
    field: ['fileIds', 'field.wrong_type'],
  },
  {
    what: 'null for a choice',
    ...toPortal,
    body: portal({ anonymous: null }),
    ...invalid,
    field: ['anonymous', 'field.wrong_type'],
  },
  {
    what: 'text missing',
    ...toPortal,
    body: portal({ text: undefined }),
    ...invalid,
    field: ['text', 'field.missing'],
  },
  {
    what: 'only blanks',
    ...toPortal,
    body: portal({ text: '　 \n ' }),
    ...invalid,
    field: ['text', 'field.too_short'],
  },
  { what: 'too short', ...toPortal, body: portal({ text: '灯' }), ...invalid, field: ['text', 'field.too_short'] },
  {
    what: 'too long',
    ...toPortal,
    body: portal({ text: '灯'.repeat(2001) }),
    ...invalid,
    field: ['text', 'field.too_long'],
  },
  {
    what: 'much too long',
    ...toPortal,
    body: portal({ text: '灯'.repeat(20_000) }),
    ...invalid,
    field: ['text', 'field.too_long'],
  },
  {
    what: 'a NUL byte',
    ...toPortal,
    body: portal({ text: '路灯\u0000不亮了' }),
    ...invalid,
    field: ['text', 'field.forbidden_characters'],
  },
  {
    what: 'a NUL byte in a detail',
    ...toPortal,
    body: portal({ name: '汪\u0000' }),
    ...invalid,
    field: ['name', 'field.forbidden_characters'],
  },
  {
    what: 'a lone surrogate',
    ...toPortal,
    body: portal({ text: '路灯\ud800不亮了' }),
    ...invalid,
    field: ['text', 'field.forbidden_characters'],
  },
  {
    what: 'another lone surrogate',
    ...toDesk,
    body: desk({ title: '路灯\udc00' }),
    ...invalid,
    field: ['title', 'field.forbidden_characters'],
  },
  {
    what: 'a NUL byte in a name to sign in with',
    path: () => '/api/auth/sign-in',
    body: () => ({ username: 'a\u0000b', password: 'gongzhi-demo-2026' }),
    ...invalid,
    field: ['username', 'field.forbidden_characters'],
  },
  {
    what: 'an unknown field',
    ...toPortal,
    body: portal({ admin: true }),
    ...invalid,
    field: ['', 'field.unknown_field'],
  },
  {
    what: 'a word that is not on the list',
    ...toDesk,
    body: desk({ urgency: 'at once' }),
    ...invalid,
    field: ['urgency', 'field.not_listed'],
  },
  {
    what: 'a point beyond the globe',
    ...toPortal,
    body: portal({ place: { kind: 'point', lon: 999, lat: 31, detail: null } }),
    ...invalid,
  },
  {
    what: 'eleven photos',
    ...toPortal,
    body: portal({ fileIds: Array.from({ length: 11 }, () => crypto.randomUUID()) }),
    ...invalid,
  },
  { what: 'a body that is a list', ...toPortal, body: () => [], ...invalid },
];

export const MATTERS: readonly BadRequest[] = [
  {
    what: 'a place in another county',
    ...toDesk,
    body: desk({ place: { areaCode: '421102001001', text: null } }),
    status: 403,
    code: 'cases.out_of_scope',
  },
  {
    what: 'a resident’s place in another county',
    ...toPortal,
    body: portal({ place: { kind: 'area', areaCode: '421102001001', detail: null } }),
    status: 422,
    code: 'cases.place_outside',
  },
  {
    what: 'an area that never was',
    ...toDesk,
    body: desk({ place: { areaCode: '421181999999', text: null } }),
    status: 422,
    code: 'cases.area_closed',
  },
  {
    what: 'a date in the future',
    ...toDesk,
    body: desk({ openedAt: '2026-03-11T00:00:00+08:00' }),
    status: 422,
    code: 'cases.in_future',
  },
  {
    what: 'a class that never was',
    ...toDesk,
    body: desk({ classCode: '9999' }),
    status: 422,
    code: 'cases.class_unknown',
  },
  {
    what: 'a telephone number that is none',
    ...toPortal,
    body: portal({ phone: '12345' }),
    status: 422,
    code: 'requesters.bad_phone',
  },
  {
    what: 'a photo that is not there',
    ...toPortal,
    body: portal({ fileIds: [crypto.randomUUID()] }),
    status: 404,
    code: 'files.not_found',
  },
  {
    what: 'a report outside the own grid',
    who: 'gridWorker',
    path: () => '/api/grid/reports',
    body: () => ({ ...WASTE, place: { areaCode: '421181100001001', text: null } }),
    status: 403,
    code: 'cases.out_of_scope',
  },
];

const step = (resource: string, of: 'registered' | 'working') => (scene: Scene) =>
  `/api/cases/${scene[of].id}/${resource}`;
export const STEPS: readonly BadRequest[] = [
  {
    what: 'an unknown office',
    who: 'dispatcher',
    path: step('dispatch', 'registered'),
    body: () => ({ expectedVersion: 1, leadId: crypto.randomUUID(), reason: '请办理。' }),
    status: 422,
    code: 'cases.organisation_unknown',
  },
  {
    what: 'an office that is no more',
    who: 'dispatcher',
    path: step('dispatch', 'registered'),
    body: ({ closedOffice }) => ({ expectedVersion: 1, leadId: closedOffice, reason: '请办理。' }),
    status: 422,
    code: 'cases.organisation_closed',
  },
  {
    what: 'an office that is no id',
    who: 'dispatcher',
    path: step('dispatch', 'registered'),
    body: () => ({ expectedVersion: 1, leadId: 'housing' }),
    ...invalid,
  },
  {
    what: 'a stale version',
    who: 'dispatcher',
    path: step('notes', 'working'),
    body: () => ({ expectedVersion: 1, text: '备注' }),
    status: 409,
    code: 'cases.stale_version',
  },
  {
    what: 'a version that is none',
    who: 'dispatcher',
    path: step('notes', 'working'),
    body: () => ({ expectedVersion: 1.5, text: '备注' }),
    ...invalid,
  },
  {
    what: 'an illegal action',
    who: 'dispatcher',
    path: step('dispatch', 'working'),
    body: () => ({ expectedVersion: 4, leadId: crypto.randomUUID() }),
    status: 409,
    code: 'cases.wrong_state',
  },
  {
    what: 'another’s action',
    who: 'station',
    path: step('completion', 'working'),
    body: () => ({ expectedVersion: 4, result: '已办完了。' }),
    status: 404,
    code: 'cases.not_found',
  },
  {
    what: 'a case that is not there',
    who: 'dispatcher',
    path: () => `/api/cases/${crypto.randomUUID()}/notes`,
    body: () => ({ expectedVersion: 1, text: '备注' }),
    status: 404,
    code: 'cases.not_found',
  },
  {
    what: 'a case whose id holds a NUL byte',
    who: 'dispatcher',
    path: () => '/api/cases/a%00b/notes',
    body: () => ({ expectedVersion: 1, text: '备注' }),
    status: 404,
    code: 'http.not_found',
  },
  {
    what: 'a case that is no id',
    who: 'dispatcher',
    path: () => '/api/cases/1%27%20OR%201=1/notes',
    body: () => ({ expectedVersion: 1, text: '备注' }),
    status: 404,
    code: 'cases.not_found',
  },
];
