import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';

export const demoAccounts = defineContract({
  id: 'demo.list_accounts',
  method: 'GET',
  path: '/api/demo/accounts',
  summary: 'The demo’s accounts with their password; unknown outside a demo',
  access: { kind: 'public' },
  effect: 'read',
  answer: z.object({
    accounts: z.array(
      z.object({ username: z.string(), password: z.string(), name: z.string(), posts: z.array(z.string()) }),
    ),
  }),
  refusals: ['http.not_found'],
});
