import type { AnswerOf, Contract } from '../http/contract.ts';
import type { TestApp } from './test-app.ts';

type Given = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: object;
};
/** `body` is the contract's answer when `code` is null. */
export type Reply<C extends Contract> = {
  readonly status: number;
  readonly code: string | null;
  readonly body: AnswerOf<C>;
};
export type Caller = {
  readonly userId: string;
  call<C extends Contract>(contract: C, given?: Given): Promise<Reply<C>>;
};

/** Calls endpoints by contract, signed in with a cookie or, without one, as anyone. */
export function caller(test: TestApp, userId = '', cookie = ''): Caller {
  return {
    userId,
    async call(contract, { params = {}, query = {}, body } = {}) {
      const path = contract.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
      const answer = await test.server.inject({
        method: contract.method,
        url: path,
        query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
        headers: { cookie, origin: test.app.config.baseUrl },
        ...(body === undefined ? {} : { payload: body }),
      });
      const parsed = answer.body === '' ? null : answer.json();
      return { status: answer.statusCode, code: answer.statusCode < 300 ? null : parsed.code, body: parsed };
    },
  };
}
