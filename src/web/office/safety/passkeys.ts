import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';

type Options = Readonly<Record<string, unknown>>;
type Answer = {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly response: Record<string, unknown>;
  readonly clientExtensionResults: Record<string, unknown>;
};

/** Whether passkeys work here: browsers offer them on https and localhost, and never for a bare network address. */
export function canUsePasskeys(): boolean {
  const { hostname } = window.location;
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  return window.isSecureContext && !isAddress && browserSupportsWebAuthn();
}

/** Lets the device make a passkey; null when its holder broke it off. */
export function makePasskey(options: Options): Promise<Answer | null> {
  return orNull(startRegistration({ optionsJSON: options as never }));
}

/** Lets the device answer with a passkey; null when its holder broke it off. */
export function answerWithPasskey(options: Options): Promise<Answer | null> {
  return orNull(startAuthentication({ optionsJSON: options as never }));
}

async function orNull(answer: Promise<object>): Promise<Answer | null> {
  try {
    return (await answer) as Answer;
  } catch (error) {
    if (error instanceof WebAuthnError || (error instanceof Error && error.name === 'NotAllowedError')) return null;
    throw error;
  }
}
