import type { Contract } from '../../platform/http/contract.ts';
import type { CastName } from '../cast.ts';
import type { Target } from './expected.ts';
import type { Fixtures } from './fixtures.ts';

/** A request to make: its path filled in, and what that points to. */
export type Case = { readonly path: string; readonly target: Target; readonly label: string };

type Value = { readonly value: string; readonly target: Target; readonly label: string };
const NONE: Target = { kind: 'none' };

/** Every way to fill in a contract's path. A target of an unknown kind or a parameter nobody knows fails the test. */
export function casesOf(
  contract: Contract,
  fixtures: Fixtures,
  players: Readonly<Record<CastName, { userId: string }>>,
): Case[] {
  const names = [...contract.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  const { access } = contract;
  const param = access.kind === 'action' && 'param' in access ? access.param : null;
  let cases: Case[] = [{ path: contract.path, target: NONE, label: '' }];
  for (const name of names) {
    const values =
      name === param && access.kind === 'action'
        ? valuesOfTarget(access.target, contract, fixtures, players)
        : valuesOf(contract, name, fixtures);
    cases = cases.flatMap((one) =>
      values.map(({ value, target, label }) => ({
        path: one.path.replace(`:${name}`, encodeURIComponent(value)),
        target: target.kind === 'none' ? one.target : target,
        label: label || one.label,
      })),
    );
  }
  return cases;
}

/** What a target parameter may be: by kind of target, own and foreign ones. */
function valuesOfTarget(
  kind: string,
  contract: Contract,
  fixtures: Fixtures,
  players: Readonly<Record<CastName, { userId: string }>>,
): Value[] {
  const uploader = players.dispatcher.userId;
  switch (kind) {
    case 'case':
      return fixtures.cases.map((of) => ({ value: of.filed.id, target: { kind, of }, label: of.kind }));
    case 'file':
      return [
        ...fixtures.cases.map((of) => ({
          value: of.fileId,
          target: { kind: 'file', of, uploader } as const,
          label: of.kind,
        })),
        { value: fixtures.looseFile, target: { kind: 'file', of: null, uploader }, label: 'loose' },
      ];
    case 'joint':
      return fixtures.joints.map((of) => ({ value: of.id, target: { kind, of }, label: of.areaCode }));
    case 'duty_call':
      return fixtures.dutyCalls.map((of) => ({ value: of.id, target: { kind, of }, label: of.areaCode }));
    case 'area':
      return fixtures.areas.map((code) => ({
        value: code,
        target: { kind, of: { id: code, areaCode: code } },
        label: code,
      }));
    case 'organisation':
      return fixtures.organisations.map((of) => ({ value: of.id, target: { kind, of }, label: of.areaCode }));
    case 'post':
      return fixtures.posts.map((of) => ({ value: of.id, target: { kind, of }, label: of.areaCode }));
    default:
      throw new Error(
        `${contract.id}: the matrix knows no target "${kind}". Add own and foreign ones to fixtures.ts, how to fill them ` +
          'in to paths.ts, and who may to expected.ts.',
      );
  }
}

/** Other parameters, by the part of the path before them. */
function valuesOf(contract: Contract, name: string, fixtures: Fixtures): Value[] {
  const known: Readonly<Record<string, readonly string[]>> = {
    'accounts/:id': [fixtures.spareUser],
    'sessions/:id': [crypto.randomUUID()],
    'sessions/:session': [crypto.randomUUID()],
    'passkeys/:id': [crypto.randomUUID()],
    'people/:userId': [fixtures.spareUser],
    'areas/:code': fixtures.areas,
    'area-sets/:id': [fixtures.areaSet],
    'area-imports/:id': [crypto.randomUUID()],
    'addresses/:id': fixtures.addresses.map(({ id }) => id),
    'grids/:code': fixtures.addresses.map(({ areaCode }) => areaCode),
    'classes/:code': ['1101'],
    'dispatch-entries/:id': [fixtures.dispatchEntry],
    'calendar/:year': ['2026'],
    'calendar-exceptions/:day': ['2026-05-06'],
    'case-numbers/:number': fixtures.cases.map(({ filed }) => filed.number),
    'cases/:number': fixtures.cases.map(({ filed }) => filed.number),
    'my-cases/:number': fixtures.cases.map(({ filed }) => filed.number),
    'files/:id': fixtures.cases.map(({ fileId }) => fileId),
    'joint-handling-figures/:month': ['2026-03'],
    'models/:version': ['1'],
    'hot-issues/:id': [crypto.randomUUID()],
    'requests/:id': [crypto.randomUUID()],
    'teams/:id': [fixtures.dutyTeam],
    'members/:postId': [crypto.randomUUID()],
    'shifts/:id': [fixtures.dutyShift],
    'kinds/:kind': ['patrol'],
    // Whose order or exclusion it is the modules' own tests ask; here, whether a role gets as far as looking for it.
    'orders/:id': [crypto.randomUUID()],
    'exclusions/:id': [crypto.randomUUID()],
    'failures/:id': [crypto.randomUUID()],
    'templates/:notice': ['assigned'],
    'templates/:id': [crypto.randomUUID()],
    ':notice/:locale': ['en'],
    'checkpoints/:size': ['1'],
    // A code of no link: real ones are made for a requester's phone alone.
    'call-backs/:code': ['AAAAAAAAAAAAAAAAAAAA'],
  };
  const before = contract.path.split(`/:${name}`)[0]?.split('/').at(-1);
  const values = known[`${before}/:${name}`];
  if (!values) {
    throw new Error(
      `${contract.id}: the matrix cannot fill in ${before}/:${name}. Say in paths.ts what may stand there.`,
    );
  }
  return values.map((value) => ({ value, target: NONE, label: value }));
}
