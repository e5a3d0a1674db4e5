import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineContract } from '../http/contract.ts';
import { address, call, isProblem, problemOf } from './client.ts';

const access = { kind: 'public' } as const;
const getThing = defineContract({
  id: 'things.get',
  method: 'GET',
  path: '/api/things/:id',
  summary: 'One thing',
  access,
  effect: 'read',
  params: z.object({ id: z.string() }),
  query: z.object({ after: z.string().optional(), limit: z.coerce.number().optional() }),
  answer: z.object({ id: z.string() }),
  refusals: [],
});
const addThing = defineContract({
  id: 'things.add',
  method: 'POST',
  path: '/api/things',
  summary: 'Add a thing',
  access,
  effect: 'write',
  body: z.object({ name: z.string() }),
  answer: z.object({ id: z.string() }),
  refusals: [],
});

function answering(...answers: (Response | Error)[]) {
  const fetched = vi.fn(async (_url: string, _request: RequestInit) => {
    const answer = answers.shift();
    if (answer instanceof Response) return answer;
    throw answer ?? new Error('no answer left');
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

describe('calling by contract', () => {
  it('builds the address from path and query, leaving empty values out', () => {
    expect(address(getThing, { params: { id: 'a/b' }, query: { after: '', limit: 20 } })).toBe(
      '/api/things/a%2Fb?limit=20',
    );
  });

  it('answers what the server said', async () => {
    answering(json({ id: '1' }));
    const thing = await call(getThing, { params: { id: '1' }, query: { limit: 5 } });
    expect(thing.id).toBe('1');
  });

  it('repeats a POST under the same key when the network failed, so that nothing doubles', async () => {
    const fetched = answering(new TypeError('failed'), json({ id: '2' }));
    await call(addThing, { body: { name: 'x' } });
    const keys = fetched.mock.calls.map(([, request]) => new Headers(request.headers).get('idempotency-key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it('throws a refusal with its code, texts and details', async () => {
    answering(json({ code: 'things.taken', title: '已被占用', status: 409, details: { by: '张三' } }, 409));
    const error = await call(addThing, { body: { name: 'x' } }).catch((caught: unknown) => caught);
    expect(isProblem(error, 'things.taken') && error.details.by).toBe('张三');
  });

  it('reads a page that is no problem document as an unexpected answer', () => {
    expect(problemOf(500, '<html>').code).toBe('client.unexpected');
    expect(problemOf(502, '<html>').code).toBe('client.unavailable');
    expect(problemOf(401, '').code).toBe('client.signed_out');
  });

  it('refuses wrong parts at compile time', () => {
    // @ts-expect-error the contract has no query
    void (() => call(addThing, { body: { name: 'x' }, query: { a: 1 } }));
    // @ts-expect-error the body is needed
    void (() => call(addThing, {}));
    // @ts-expect-error params are needed
    void (() => call(getThing));
    expect(true).toBe(true);
  });
});
