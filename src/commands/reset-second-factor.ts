import { pino } from 'pino';
import { compose } from '../compose.ts';
import { isRefusal } from '../kit/result.ts';
import { audit } from '../platform/audit/audit.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { type Arguments, loadConfig } from '../platform/config/config.ts';

/**
 * `reset-second-factor USERNAME [--link]`: for the administrator who lost every second factor and has no colleague to reset
 * it in the office. Ends his sessions, stands in the audit, and with `--link` prints a one-time link for a new password.
 */
export async function resetSecondFactorCommand(
  { words, flags }: Arguments,
  say: (line: string) => void,
): Promise<number> {
  const username = words[1];
  if (!username) {
    say('usage: reset-second-factor USERNAME [--link]');
    return 2;
  }
  const config = loadConfig(process.env, flags);
  const log = pino({ level: 'warn', base: null }, pino.destination(2));
  const composed = await compose(config, { log, say: (line) => process.stderr.write(`${line}\n`), mode: 'join' });
  try {
    const { auth, database, now } = composed.app;
    const account = await auth.findAccount(username);
    const reset = account && (await auth.resetSecondFactors(account.id));
    if (!account || isRefusal(reset)) {
      say(`there is no account ${username}`);
      return 1;
    }
    const actor = systemActor(config.tenant, 'command');
    const entry = { targetKind: 'account', targetId: account.id, result: 'done' } as const;
    await database.transact(actor, (tx) => audit(tx, actor, { action: 'auth.reset_second_factors', ...entry }, now()));
    say(`${username} has no second factor any more and is signed out everywhere; the next sign-in asks to set one up`);
    if (flags.has('link')) {
      const link = await auth.issueLink(account.id, 'command');
      await database.transact(actor, (tx) => audit(tx, actor, { action: 'auth.issue_link', ...entry }, now()));
      say(`a new password can be set once, until ${link.expiresAt.toISOString()}: ${link.url}`);
    }
    return 0;
  } finally {
    await composed.close();
  }
}
