import type { Config } from '../config/config.ts';
import type { OutgoingCalls } from '../http/outgoing.ts';
import type { SsoSettings } from './sso.ts';

/** What the configuration says of another sign-in service; null when it names none. */
export function ssoSettings(
  config: Pick<
    Config,
    'ssoIssuer' | 'ssoClientId' | 'ssoClientSecretFile' | 'ssoScope' | 'ssoClaim' | 'ssoSecondFactor' | 'ssoName'
  >,
  outgoing: OutgoingCalls,
): SsoSettings | null {
  if (config.ssoIssuer === null || config.ssoClientId === null) return null;
  return {
    issuer: config.ssoIssuer,
    clientId: config.ssoClientId,
    clientSecretFile: config.ssoClientSecretFile,
    scope: config.ssoScope,
    claim: config.ssoClaim,
    acr: config.ssoSecondFactor ?? [],
    name: config.ssoName,
    outgoing,
  };
}
