import { createSign, generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';

/**
 * A real OpenID provider (oidc-provider) as a process of its own, for tests. Its person and what it says are set by
 * POST /control: who is signed in, with which `acr`, and claims of the ID token that are made wrong before it is signed
 * again with the provider's own key.
 */
type Control = {
  account: string;
  username: string;
  acr: string | null;
  /** Claims that replace those of the ID token. */
  planted: Readonly<Record<string, unknown>>;
};

const control: Control = { account: 'person-1', username: 'nobody', acr: null, planted: {} };
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const [port = '0', redirect = ''] = process.argv.slice(2);

const configuration: Configuration = {
  clients: [
    {
      client_id: 'gongzhi',
      client_secret: 'a secret of the tests alone',
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [redirect],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] as never },
  cookies: { keys: ['tests'] },
  acrValues: ['two', 'one'],
  claims: { openid: ['sub', 'acr', 'auth_time'], profile: ['preferred_username'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, preferred_username: control.username }),
  }),
};

const server = createServer();
server.listen(Number(port), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const url = request.url ?? '';
    if (url === '/control') {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        Object.assign(control, { acr: null, planted: {} }, JSON.parse(body));
        response.end('{}');
      });
    } else if (url.startsWith('/interaction/')) {
      void finish(provider, request, response);
    } else if (url.startsWith('/token')) {
      replaceIdToken(response);
      void answer(request, response);
    } else void answer(request, response);
  });
  process.stdout.write(`${issuer}\n`);
});

type Requests = Parameters<Provider['interactionDetails']>;

/** Whoever is set signs in at once and agrees to everything. */
async function finish(provider: Provider, request: Requests[0], response: Requests[1]): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: control.account, clientId: String(params.client_id) });
  grant.addOIDCScope('openid profile');
  const grantId = await grant.save();
  const login = { accountId: control.account, ...(control.acr ? { acr: control.acr } : {}) };
  await provider.interactionFinished(request, response, { login, consent: { grantId } });
}

/** Plants wrong claims in what the provider signs, under its own key: only the claims are wrong. */
function replaceIdToken(response: Requests[1]): void {
  const end = response.end.bind(response) as (chunk?: unknown) => typeof response;
  response.end = ((chunk?: unknown) => {
    if (Object.keys(control.planted).length === 0 || chunk === undefined) return end(chunk);
    const body = JSON.parse(String(chunk)) as { id_token?: string };
    if (body.id_token) body.id_token = signed(body.id_token, control.planted);
    const text = JSON.stringify(body);
    response.setHeader('content-length', Buffer.byteLength(text));
    return end(text);
  }) as typeof response.end;
}

function signed(token: string, planted: Control['planted']): string {
  const [head = '', payload = ''] = token.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...planted };
  const text = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}
