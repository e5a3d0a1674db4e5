import type { Config } from '../config/config.ts';
import type { OutgoingCalls } from '../http/outgoing.ts';

export type SsoSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretFile: string | null;
  readonly scope: string;
  /** The claim that holds the username. */
  readonly claim: string;
  /** Values of `acr` by which the service says that it checked two factors. */
  readonly acr: readonly string[];
  /** What the button says. */
  readonly name: string;
  readonly outgoing: OutgoingCalls;
};

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
