// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text that stands in other files
import type { Protection } from './protection.ts';

const AUTH = 'src/platform/auth';
const HTTP = 'src/platform/http';

/** Who comes in, and how long he stays. */
export const SIGN_IN_PROTECTIONS: readonly Protection[] = [
  {
    name: 'passwords that can be guessed are refused',
    file: `${AUTH}/password-strength.ts`,
    with: '.score < LEAST_SCORE',
    without: '.score < 0',
    tests: [AUTH],
  },
  {
    name: 'guessing a password is slowed down',
    file: `${AUTH}/throttle.ts`,
    with: 'const pairWait = over < 0 ?',
    without: 'const pairWait = over < 1e9 ?',
    tests: [`${AUTH}/throttle.test.ts`, `${AUTH}/auth.test.ts`],
  },
  {
    name: 'an unknown account costs as much time as a wrong password',
    file: `${AUTH}/sign-in.ts`,
    with: 'const fits = await verifyPassword({ hash: hash ?? (await parts.nobody), password: given.password });',
    without: 'const fits = hash ? await verifyPassword({ hash, password: given.password }) : false;',
    tests: [`${AUTH}/auth.test.ts`],
  },
  {
    name: 'a session ends after its idle time',
    file: `${AUTH}/officer-sessions.ts`,
    with: 'expiresIn: settings.limits.idleSeconds',
    without: 'expiresIn: settings.limits.idleSeconds * 1000',
    tests: [AUTH],
  },
  {
    name: 'a session ends after its total time',
    file: `${AUTH}/sessions.ts`,
    with: 'if (settings.now() > endsAt) {',
    without: 'if (settings.now() > endsAt && Number.isNaN(1)) {',
    tests: [AUTH],
  },
  {
    name: 'a session gets a new id when its holder proves himself',
    file: `${AUTH}/sign-in.ts`,
    with: 'if (former) await endSession(parts, former.id);',
    without: '',
    tests: [AUTH],
  },
  {
    name: 'a fresh proof is asked for',
    file: `${HTTP}/serve.ts`,
    with: 'return app.now().getTime() - provedAt <= seconds * 1000 ?',
    without: 'return provedAt < Number.POSITIVE_INFINITY ?',
    tests: [`${AUTH}/proof.test.ts`],
  },
  {
    name: 'who needs a second factor is answered nothing without it',
    file: `${HTTP}/serve.ts`,
    with: "if (actor.session?.secondFactor === 'missing' && !contract.withoutSecondFactor) {",
    without: "if (actor.session?.secondFactor === 'missing' && Number.isNaN(1)) {",
    tests: [AUTH],
  },
  {
    name: 'a code of an authenticator app serves once',
    file: `${AUTH}/totp.ts`,
    with: 'if (step > after && totpCode',
    without: 'if (totpCode',
    tests: [`${AUTH}/totp.test.ts`, `${AUTH}/second-factors.test.ts`],
  },
  {
    name: 'a recovery code serves once',
    file: `${AUTH}/second-factors.ts`,
    with: 'WHERE user_id = $1 AND code_mac = $2 AND used_at IS NULL',
    without: 'WHERE user_id = $1 AND code_mac = $2',
    tests: [`${AUTH}/second-factors.test.ts`],
  },
  {
    name: 'single sign-on belongs to the browser that began it',
    file: `${AUTH}/sso.ts`,
    with: "if (token === null || url.searchParams.get('state') !== token)",
    without: 'if (token === null)',
    tests: [`${AUTH}/sso.test.ts`],
  },
  {
    name: 'a code for a phone serves once',
    file: 'src/modules/requesters/phone-codes.ts',
    with: 'used_at = ${fits ? now : null}',
    without: 'used_at = NULL',
    tests: ['src/modules/requesters'],
  },
  {
    name: 'a code for a phone dies after five wrong ones',
    file: 'src/modules/requesters/phone-codes.ts',
    with: ' || code.tries >= CODE_RULES.tries',
    without: '',
    tests: ['src/modules/requesters'],
  },
  {
    name: 'a session that was ended answers nothing at its next request',
    file: 'src/platform/auth/sessions.ts',
    with: '\'DELETE FROM session WHERE "id" = $1 AND ($2::text IS NULL OR "userId" = $2) RETURNING 1\'',
    without: '\'SELECT 1 FROM session WHERE "id" = $1 AND ($2::text IS NULL OR "userId" = $2)\'',
    tests: ['src/platform/auth/second-factors.test.ts'],
  },
  {
    name: 'all sessions of an account end by one step',
    file: 'src/platform/auth/sessions.ts',
    with: '\'DELETE FROM session WHERE "userId" = $1 AND "id" <> $2\'',
    without: '\'DELETE FROM session WHERE "userId" = $1 AND "id" <> $2 AND false\'',
    tests: ['src/platform/auth/second-factors.test.ts', 'src/platform/auth/auth.test.ts'],
  },
  {
    name: 'a session of one account is not ended by another',
    file: 'src/platform/auth/own-safety.ts',
    with: 'endSession: (userId, sessionId) => endSession(parts, sessionId, userId),',
    without: "endSession: (userId, sessionId) => endSession(parts, sessionId, userId === '' ? userId : undefined),",
    tests: ['src/platform/auth/second-factors.test.ts'],
  },
  {
    name: 'a suspended account is out at its next request, however it was suspended',
    file: 'src/platform/auth/sessions.ts',
    with: 'if (!session || session.suspendedAt) return null;',
    without: 'if (!session) return null;',
    tests: ['src/platform/auth/auth.test.ts'],
  },
  {
    name: 'the former id of a session proves nothing',
    file: 'src/platform/auth/sessions.ts',
    with: '"provedAt" = to_timestamp(0),',
    without: '"provedAt" = "provedAt",',
    tests: ['src/platform/auth/proof.test.ts'],
  },
  {
    name: 'many guesses at once all count',
    file: 'src/platform/auth/try-store.ts',
    with: "VALUES ($1, $2, $3, $4, 'failed')`",
    without: "VALUES ($1, $2, $3, $4, 'put_off')`",
    tests: ['src/platform/auth/auth.test.ts', 'src/platform/auth/second-factors.test.ts'],
  },
  {
    name: 'an unknown account is told the same as a wrong password',
    file: 'src/platform/auth/sign-in.ts',
    with: "if (!checked || !account) return refuse('auth.wrong_credentials');",
    without:
      "if (!account) return refuse('auth.account_not_found');\n  if (!checked) return refuse('auth.wrong_credentials');",
    tests: ['src/platform/auth/auth.test.ts'],
  },
  {
    name: 'a person of the sign-in service is known by more than a name',
    file: 'src/platform/auth/sso.ts',
    with: 'return made.rowCount === 1 ? account : null;',
    without: 'return made.rowCount === null ? null : account;',
    tests: ['src/platform/auth/sso.test.ts'],
  },
];
