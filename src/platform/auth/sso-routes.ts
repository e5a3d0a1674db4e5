import { isRefusal, refuse } from '../../kit/result.ts';
import { auditDenied } from '../audit/audit.ts';
import { type App, type Route, route } from '../app.ts';
import { serverCookie, setCookies } from './cookies.ts';
import { callerOf, headersOf, note, tellOfNewDevice, ownCookie } from './route-parts.ts';
import { beginSso, finishSso, readWays } from './safety-contract.ts';
import { SSO_COOKIE, SSO_SECONDS } from './sso.ts';

/** A window that was opened for a proof closes itself there. */
const PROVED = '/office/proved';

type Browser = { redirect(url: string): unknown };

/** Signing in through another service. A browser is led there and back, so refusals lead to the sign-in page. */
export function ssoRoutes(app: App): readonly Route[] {
  const { auth, config } = app;
  const secure = config.baseUrl.startsWith('https:');
  // Strict cookies do not come along when another site sends the browser here; this one opens nothing by itself.
  const ssoCookie = (token: string, maxAgeSeconds: number) =>
    serverCookie(SSO_COOKIE, token, { secure, maxAgeSeconds }).replace('SameSite=Strict', 'SameSite=Lax');
  return [
    route(readWays, async () => ({ sso: auth.sso && { name: auth.sso.name } })),
    route(beginSso, async ({ query, actor, raw }) => {
      if (!auth.sso) return refuse('auth.sso_off');
      const session = query.proof && actor.kind === 'officer' ? (actor.session?.id ?? null) : null;
      const begun = await auth.sso.begin(placeOf(query.from), session);
      if (isRefusal(begun)) return leadToSignIn(raw.reply as Browser, begun.code);
      setCookies(raw.reply, [ssoCookie(begun.token, SSO_SECONDS)]);
      (raw.reply as Browser).redirect(begun.url);
      return { ok: true as const };
    }),
    route(finishSso, async ({ actor, address, raw }) => {
      if (!auth.sso) return refuse('auth.sso_off');
      const headers = headersOf(raw);
      const query = (raw.request as { url: string }).url.split('?')[1] ?? '';
      const ended = await auth.sso.finish(query, ownCookie(app, headers, SSO_COOKIE), callerOf(app, headers, address));
      const entry = { action: 'auth.sign_in_by_service', targetKind: 'account', address };
      setCookies(raw.reply, [ssoCookie('', 0)]);
      if (isRefusal(ended)) {
        const details = { code: ended.code };
        await auditDenied(app.database, actor, { ...entry, targetId: 'unknown', details }, app.now());
        return leadToSignIn(raw.reply as Browser, ended.code);
      }
      setCookies(raw.reply, ended.cookies);
      if (ended.state === 'second_step') {
        const { totp, passkey } = ended.kinds;
        const kinds = [totp ? 'totp' : '', passkey ? 'passkey' : ''].filter(Boolean).join('-');
        const search = new URLSearchParams({ next: kinds, from: ended.from });
        (raw.reply as Browser).redirect(`/office/sign-in?${search}`);
        return { ok: true as const };
      }
      await note(app, actor, { ...entry, targetId: ended.account.id });
      await tellOfNewDevice(app, ended);
      (raw.reply as Browser).redirect(ended.proved ? PROVED : `/office${ended.from}`);
      return { ok: true as const };
    }),
  ];
}

function leadToSignIn(browser: Browser, code: string): { ok: true } {
  browser.redirect(`/office/sign-in?refused=${code}`);
  return { ok: true };
}

/** Only a path of the office may be gone on to, never another site. */
function placeOf(from: string | undefined): string {
  return from !== undefined && /^\/(?![/\\])/.test(from) ? from : '/';
}
