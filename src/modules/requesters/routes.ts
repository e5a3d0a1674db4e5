import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { cookieName, serverCookie, setCookies } from '../../platform/auth/cookies.ts';
import { cookieOf } from '../../platform/auth/cookies.ts';
import { RESIDENT_COOKIE } from '../../platform/auth/resolve-actor.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { askPhoneCode, closeSession, currentSession, openSession } from './contract.ts';
import {
  closeResidentSession,
  issueCode,
  openResidentSession,
  phoneOfResident,
  RESIDENT_SESSION_SECONDS,
  redeemCode,
} from './phone-codes.ts';
import { CODE_RULES } from './rules/code.ts';
import { maskPhone, readPhone } from './rules/phone.ts';

export function requestersRoutes(app: App): readonly Route[] {
  const secure = app.config.baseUrl.startsWith('https:');
  return [
    route(askPhoneCode, ({ body, actor, address, locale }) => sendCode(app, actor, { ...body, address, locale })),
    route(openSession, async ({ body, actor, raw }) => {
      const phone = readPhone(body.phone);
      if (isRefusal(phone)) return phone;
      const token = await signIn(app, actor, phone.number, body.code);
      if (token === null) return refuse('requesters.code_wrong');
      const cookie = serverCookie(RESIDENT_COOKIE, token, { secure, maxAgeSeconds: RESIDENT_SESSION_SECONDS });
      setCookies(raw.reply, [cookie]);
      return { phone: maskPhone(phone.number) };
    }),
    route(currentSession, async ({ tx, actor, now }) => {
      const phone = actor.kind === 'resident' ? await phoneOfResident(tx, app.vault, actor, now) : null;
      return { phone: phone && maskPhone(phone) };
    }),
    route(closeSession, async ({ tx, raw }) => {
      const token = cookieOf(
        (raw.request as { headers: Record<string, string> }).headers,
        cookieName(RESIDENT_COOKIE, secure),
      );
      if (token !== null) await closeResidentSession(tx, token);
      setCookies(raw.reply, [serverCookie(RESIDENT_COOKIE, '', { secure, maxAgeSeconds: 0 })]);
      return { ok: true as const };
    }),
  ];
}

type CodeRequest = { readonly phone: string; readonly address: string; readonly locale: Locale };

async function sendCode(
  app: App,
  actor: Actor,
  asked: CodeRequest,
): Promise<Result<{ lifeSeconds: number; resendSeconds: number }>> {
  const phone = readPhone(asked.phone);
  if (isRefusal(phone)) return phone;
  if (phone.kind !== 'mobile') return refuse('requesters.not_a_mobile');
  if (!app.notifier.channels.includes('sms')) return refuse('requesters.no_text_messages');
  const of = { phone: phone.number, address: asked.address };
  const issued = await app.database.transact(actor, (tx) => issueCode(tx, app.vault, of, app.now()));
  if (issued.state === 'wait') return refuse('requesters.code_too_often', { seconds: issued.seconds });
  const minutes = CODE_RULES.lifeSeconds / 60;
  const text = say(app.texts, asked.locale, 'requesters.code_message', { code: issued.code, minutes });
  try {
    await app.notifier.send({ channel: 'sms', to: phone.number, subject: '', text, reference: issued.id });
  } catch (error) {
    // The answer stays the same: whether a number can be reached is nobody's business. A new code may be asked for soon.
    app.log.warn({ code: issued.id, error: (error as Error).message }, 'a sign-in code could not be sent');
  }
  return { lifeSeconds: CODE_RULES.lifeSeconds, resendSeconds: CODE_RULES.resendSeconds };
}

/** Answers null for a wrong code, in a transaction that commits: its try must count. */
function signIn(app: App, actor: Actor, phone: string, code: string): Promise<string | null> {
  const typed = code.normalize('NFKC').replace(/\s/g, '');
  return app.database.transact(actor, async (tx) => {
    const now = app.now();
    return (await redeemCode(tx, app.vault, phone, typed, now)) ? openResidentSession(tx, app.vault, phone, now) : null;
  });
}
