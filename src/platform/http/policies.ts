/**
 * What every answer tells the browser, whoever writes it: Fastify, a handler that streams, or Node for a request that
 * is none. One list, so that no way out can forget a part.
 */
export type Policies = {
  /** For anything but the office's page. */
  readonly headers: Readonly<Record<string, string>>;
  /** The content policy of a page whose own scripts may add styles that carry this nonce. */
  readonly withNonce: (nonce: string) => string;
};

const DAYS_365 = 31_536_000;

/** Devices and abilities no page of ours asks for; the position and the camera are asked for by ours alone. */
const PERMISSIONS = [
  ...['accelerometer', 'autoplay', 'bluetooth', 'browsing-topics', 'display-capture', 'encrypted-media', 'fullscreen'],
  ...['gamepad', 'gyroscope', 'hid', 'identity-credentials-get', 'idle-detection', 'local-fonts', 'magnetometer'],
  ...['microphone', 'midi', 'otp-credentials', 'payment', 'picture-in-picture', 'screen-wake-lock', 'serial', 'usb'],
  ...['storage-access', 'window-management', 'xr-spatial-tracking'],
]
  .map((name) => `${name}=()`)
  .concat([
    'camera=(self)',
    'geolocation=(self)',
    'publickey-credentials-create=(self)',
    'publickey-credentials-get=(self)',
  ])
  .join(', ');

const contentPolicy = (https: boolean, styles: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styles}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "media-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ');

/** `https`: people reach the platform over TLS, here or at the proxy in front. */
export function policiesFor(https: boolean): Policies {
  return {
    headers: {
      'content-security-policy': contentPolicy(https, ''),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'permissions-policy': PERMISSIONS,
      'referrer-policy': 'same-origin',
      ...(https ? { 'strict-transport-security': `max-age=${DAYS_365}` } : {}),
      'x-content-type-options': 'nosniff',
      'x-dns-prefetch-control': 'off',
      'x-frame-options': 'DENY',
      'x-permitted-cross-domain-policies': 'none',
      // Off: the filter that old browsers had could be turned against a page, and scanners want it said.
      'x-xss-protection': '0',
    },
    withNonce: (nonce) => contentPolicy(https, ` 'nonce-${nonce}'`),
  };
}
