import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { noContent } from '../../platform/http/fields.ts';

const phone = z.string().min(1).max(40);

export const askPhoneCode = defineContract({
  id: 'requesters.ask_phone_code',
  method: 'POST',
  path: '/api/public/phone-codes',
  summary: 'Send a sign-in code to a mobile phone; the answer is the same for every phone',
  access: { kind: 'public' },
  effect: 'none',
  body: z.strictObject({ phone }),
  answer: z.object({ lifeSeconds: z.number(), resendSeconds: z.number() }),
  status: 202,
  refusals: [
    'requesters.bad_phone',
    'requesters.phone_needs_area_code',
    'requesters.not_a_mobile',
    'requesters.code_too_often',
    'requesters.no_text_messages',
  ],
  perMinute: 20,
});

export const openSession = defineContract({
  id: 'requesters.open_session',
  method: 'POST',
  path: '/api/public/resident-sessions',
  summary: 'Sign a resident in with the code sent to the phone; sets a cookie',
  access: { kind: 'public' },
  effect: 'none',
  body: z.strictObject({ phone, code: z.string().max(20) }),
  answer: z.object({ phone: z.string() }),
  status: 201,
  refusals: ['requesters.bad_phone', 'requesters.phone_needs_area_code', 'requesters.code_wrong'],
  perMinute: 20,
});

export const currentSession = defineContract({
  id: 'requesters.get_session',
  method: 'GET',
  path: '/api/public/resident-sessions/current',
  summary: 'The masked phone a resident is signed in with, null when he is not',
  access: { kind: 'public' },
  effect: 'read',
  answer: z.object({ phone: z.string().nullable() }),
  refusals: [],
});

export const closeSession = defineContract({
  id: 'requesters.close_session',
  method: 'DELETE',
  path: '/api/public/resident-sessions/current',
  summary: 'Sign the resident out',
  access: { kind: 'public' },
  effect: 'write',
  answer: noContent,
  refusals: [],
});
