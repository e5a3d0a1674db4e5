import { resolve } from 'node:path';
import { z } from 'zod';
import { ROLES } from '../auth/actor.ts';
import { SetupError } from '../setup-error.ts';

/**
 * One row of the configuration. Values come as text from the environment (`env`) or the command line (`--flag value`,
 * or `--flag` alone for a switch); the command line wins. docs/configuration.md is written from these rows.
 */
type Variable<T> = {
  readonly env: string;
  readonly flag: string;
  readonly schema: z.ZodType<T, string>;
  /** Text that is parsed when nothing is given; null leaves the value empty or to be derived from others. */
  readonly standard: string | null;
  /** What the document says in place of a derived standard. */
  readonly derived?: string;
  readonly secret?: boolean;
  readonly help: string;
};

/** Keeps the standard's own type, from which `Config` knows what is never empty. */
function variable<T, const S extends string | null>(row: Variable<T> & { readonly standard: S }) {
  return row;
}

/** A name, `*.` before one, or an address (IPv6 in brackets); `:port` behind it. */
const HOST = /^((\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:\d{1,5})?$/;

const WHO_NEEDS_IT = `must be sensitive, everyone, optional, or some of: ${ROLES.join(', ')}`;
const text = z.string().trim().min(1);
const onOff = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'], 'must be true or false'))
  .transform((value) => value === 'true' || value === '1' || value === 'yes' || value === 'on');
const whole = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(min).max(max));
const addressOf = (...schemes: string[]) =>
  text.refine((value) => schemes.some((scheme) => value.startsWith(`${scheme}:`)) && URL.canParse(value), {
    message: `must be an address that begins with ${schemes.map((scheme) => `${scheme}:`).join(' or ')}`,
  });
/** Names separated by commas. */
const hostList = z
  .string()
  .transform((value) => value.split(',').flatMap((entry) => entry.trim().toLowerCase() || []))
  .pipe(z.array(z.string().regex(HOST, 'must be host names separated by commas, each with :port if need be')));
// Passwords with a slash and socket hosts do not parse as WHATWG URLs, so only the scheme is looked at here.
const databaseAddress = text.regex(/^postgres(ql)?:\/\//, 'must begin with postgres://');

/** Every setting there is. The key is the property of `Config`. */
export const VARIABLES = {
  dataDir: variable({
    env: 'GONGZHI_DATA',
    flag: 'data',
    schema: text.transform((path) => resolve(path)),
    standard: './data',
    help: "Folder for everything the platform keeps: database, uploaded files, keys. The backup command takes all but the keys and the classifier's models.",
  }),
  host: variable({
    env: 'GONGZHI_HOST',
    flag: 'host',
    schema: text,
    standard: '127.0.0.1',
    help: 'Address to listen on. The demo shows passwords on its sign-in page, so keep it on loopback.',
  }),
  port: variable({
    env: 'GONGZHI_PORT',
    flag: 'port',
    schema: whole(0, 65535),
    standard: '8080',
    help: 'Port to listen on; 0 takes a free one and prints it.',
  }),
  baseUrl: variable({
    env: 'GONGZHI_BASE_URL',
    flag: 'base-url',
    schema: addressOf('http', 'https').transform((value) => value.replace(/\/+$/, '')),
    standard: null,
    derived: 'http://host:port',
    help: 'Address under which people reach the platform; written into messages. With https, cookies are marked secure.',
  }),
  trustProxy: variable({
    env: 'GONGZHI_TRUST_PROXY',
    flag: 'trust-proxy',
    schema: z.union([onOff, text]),
    standard: 'false',
    help: 'Whose X-Forwarded headers to believe: false for nobody, true for the one proxy right in front, or the addresses of the proxies, separated by commas. What a caller writes into them himself never counts.',
  }),
  jurisdiction: variable({
    env: 'GONGZHI_JURISDICTION',
    flag: 'jurisdiction',
    schema: z.string().regex(/^[1-9]\d{5}$/, 'must be a division code of six digits'),
    standard: '421181',
    help: 'Division code of the county, district or prefecture-level city that runs the platform.',
  }),
  tenant: variable({
    env: 'GONGZHI_TENANT',
    flag: 'tenant',
    schema: whole(1, 2_147_483_647),
    standard: null,
    derived: 'the jurisdiction as a number',
    help: 'Number of the tenant in the database. It never changes, even when the division code does.',
  }),
  demo: variable({
    env: 'GONGZHI_DEMO',
    flag: 'demo',
    schema: onOff,
    standard: 'true',
    help: 'Whether the first start on an empty data folder loads invented requests and demo accounts. A demo also shows everybody, on its mailbox page, the messages no gateway took; what was begun without stays without. `--empty` is the same as `--demo false`.',
  }),
  logLevel: variable({
    env: 'GONGZHI_LOG_LEVEL',
    flag: 'log-level',
    schema: z.enum(['debug', 'info', 'warn', 'error']),
    standard: 'info',
    help: 'Least level that is logged: debug, info, warn or error.',
  }),
  masterKeyFile: variable({
    env: 'GONGZHI_MASTER_KEY_FILE',
    flag: 'master-key-file',
    schema: text.transform((path) => resolve(path)),
    standard: null,
    derived: 'keys/master.key in the data folder',
    help: 'File with the key that seals names and phone numbers; made at the first start. Without it they cannot be read again.',
  }),
  masterKey: variable({
    env: 'GONGZHI_MASTER_KEY',
    flag: 'master-key',
    schema: text,
    standard: null,
    derived: 'none',
    secret: true,
    help: 'The key itself (32 bytes in base64 or hex) in place of the file, e.g. from a secret store.',
  }),
  previousMasterKey: variable({
    env: 'GONGZHI_PREVIOUS_MASTER_KEY',
    flag: 'previous-master-key',
    schema: text,
    standard: null,
    derived: 'none',
    secret: true,
    help: 'The former key, while `keys rewrap` has not yet wrapped everything with GONGZHI_MASTER_KEY.',
  }),
  cipher: variable({
    env: 'GONGZHI_CIPHER',
    flag: 'cipher',
    schema: z.enum(['aes-256-gcm', 'sm4-ctr', 'sm4-cbc']),
    standard: 'aes-256-gcm',
    help: 'What seals identities from now on: aes-256-gcm, or SM4 (sm4-ctr, sm4-cbc) with HMAC-SM3. What another cipher sealed stays readable and is sealed anew in the background.',
  }),
  kmsUrl: variable({
    env: 'GONGZHI_KMS_URL',
    flag: 'kms-url',
    schema: addressOf('http', 'https'),
    standard: null,
    derived: 'none: the master key is a file or comes from the environment',
    help: 'Address of a key service with the transit API of HashiCorp Vault or OpenBao; its key then is the master key.',
  }),
  kmsMount: variable({
    env: 'GONGZHI_KMS_MOUNT',
    flag: 'kms-mount',
    schema: z.string().regex(/^[\w-]+(\/[\w-]+)*$/, 'must be a path of letters, digits and dashes'),
    standard: 'transit',
    help: 'Path of the transit engine in the key service.',
  }),
  kmsKey: variable({
    env: 'GONGZHI_KMS_KEY',
    flag: 'kms-key',
    schema: z.string().regex(/^[\w-]+$/, 'must be letters, digits and dashes'),
    standard: 'gongzhi',
    help: 'Name of the master key in the key service.',
  }),
  kmsToken: variable({
    env: 'GONGZHI_KMS_TOKEN',
    flag: 'kms-token',
    schema: text,
    standard: null,
    derived: 'none',
    secret: true,
    help: 'Token for the key service. It needs encrypt, decrypt and reading of the one key.',
  }),
  kmsTokenFile: variable({
    env: 'GONGZHI_KMS_TOKEN_FILE',
    flag: 'kms-token-file',
    schema: text.transform((path) => resolve(path)),
    standard: null,
    derived: 'none',
    help: 'File in which an agent keeps a fresh token; read before each call, and instead of GONGZHI_KMS_TOKEN.',
  }),
  signingAlgorithm: variable({
    env: 'GONGZHI_SIGNING',
    flag: 'signing',
    schema: z.enum(['Ed25519', 'SM2']),
    standard: 'Ed25519',
    help: 'How checkpoints and exports of the audit log are signed: Ed25519, or SM2 with SM3 (GB/T 32918).',
  }),
  signingKeyFile: variable({
    env: 'GONGZHI_SIGNING_KEY_FILE',
    flag: 'signing-key-file',
    schema: text.transform((path) => resolve(path)),
    standard: null,
    derived: 'keys/signing-ed25519.pem or keys/signing-sm2.pem in the data folder',
    help: 'File with the private key for signing (PKCS #8, PEM); made at the first start. Keep it where the database server cannot read it.',
  }),
  databaseUrl: variable({
    env: 'DATABASE_URL',
    flag: 'database-url',
    schema: databaseAddress,
    standard: null,
    derived: 'none: the bundled server is used',
    secret: true,
    help: 'A PostgreSQL server of your own (15 to 18), as the role that owns the database and may create roles. Used for migrations.',
  }),
  appDatabaseUrl: variable({
    env: 'GONGZHI_APP_DATABASE_URL',
    flag: 'app-database-url',
    schema: databaseAddress,
    standard: null,
    derived: 'DATABASE_URL as gongzhi_app, with a password made at the first start',
    secret: true,
    help: 'The same database as the role gongzhi_app. Set it when several machines share one database.',
  }),
  databasePool: variable({
    env: 'GONGZHI_DATABASE_POOL',
    flag: 'database-pool',
    schema: whole(2, 500),
    standard: '10',
    help: 'Most connections to the database at a time, for each process, beside 6 for sign-in and listening.',
  }),
  workers: variable({
    env: 'GONGZHI_WORKERS',
    flag: 'workers',
    schema: whole(1, 64),
    standard: '1',
    help: 'Processes that serve behind the one port: best one for each core that is free for the platform. Each has its own connections to the database.',
  }),
  databaseFolder: variable({
    env: 'GONGZHI_DATABASE_FOLDER',
    flag: 'database-folder',
    schema: text.transform((path) => resolve(path)),
    standard: null,
    derived:
      'postgres in the data folder, or /var/lib/gongzhi-… when started by root in a folder other accounts cannot enter',
    help: 'Folder for the bundled database. Looked at only when the database is made.',
  }),
  databaseAccount: variable({
    env: 'GONGZHI_DATABASE_ACCOUNT',
    flag: 'database-account',
    schema: text,
    standard: null,
    derived: 'gongzhi if there is such an account, else nobody',
    help: 'Account under which the bundled database runs when the platform is started by root.',
  }),
  fileSizeLimit: variable({
    env: 'GONGZHI_FILE_SIZE_LIMIT',
    flag: 'file-size-limit',
    schema: whole(1024, 1_073_741_824),
    standard: '20971520',
    help: 'Largest uploaded file in bytes.',
  }),
  rateLimits: variable({
    env: 'GONGZHI_RATE_LIMITS',
    flag: 'rate-limits',
    schema: onOff,
    standard: 'true',
    help: 'Whether requests a minute are limited. Switch it off only where a proxy does it.',
  }),
  metricsToken: variable({
    env: 'GONGZHI_METRICS_TOKEN',
    flag: 'metrics-token',
    schema: text.min(16, 'must have at least 16 characters'),
    standard: null,
    derived: 'none: /metrics answers this machine alone',
    secret: true,
    help: 'Token with which Prometheus reads /metrics (Authorization: Bearer …).',
  }),
  tracesUrl: variable({
    env: 'GONGZHI_TRACES_URL',
    flag: 'traces-url',
    schema: addressOf('http', 'https'),
    standard: null,
    derived: 'none: no traces are made',
    help: 'Where OpenTelemetry traces go by OTLP over HTTP, e.g. http://collector:4318/v1/traces. They hold no personal data.',
  }),
  slowSeconds: variable({
    env: 'GONGZHI_SLOW_SECONDS',
    flag: 'slow-seconds',
    schema: whole(1, 120),
    standard: '20',
    help: 'Seconds a connection may take for its headers, and may fall behind 2 KiB a second with a body or in reading an answer, before it is closed.',
  }),
  connections: variable({
    env: 'GONGZHI_CONNECTIONS',
    flag: 'connections',
    schema: whole(10, 100_000),
    standard: '4000',
    help: 'Most connections of browsers at a time, for each process; open pages of officers hold one each.',
  }),
  sessionHours: variable({
    env: 'GONGZHI_SESSION_HOURS',
    flag: 'session-hours',
    schema: whole(1, 720),
    standard: '12',
    help: 'Hours after which an officer must sign in again.',
  }),
  sessionIdleMinutes: variable({
    env: 'GONGZHI_SESSION_IDLE_MINUTES',
    flag: 'session-idle-minutes',
    schema: whole(1, 1440),
    standard: '15',
    help: 'Minutes without anything done by a person after which a session ends. What pages ask by themselves does not count.',
  }),
  proofSeconds: variable({
    env: 'GONGZHI_PROOF_SECONDS',
    flag: 'proof-seconds',
    schema: whole(30, 43_200),
    standard: '120',
    help: 'Seconds for which a password or second factor just given serves for unmasking, exports, posts, accounts and keys; then it is asked for again.',
  }),
  secondFactor: variable({
    env: 'GONGZHI_SECOND_FACTOR',
    flag: 'second-factor',
    schema: z
      .string()
      .transform((value) => (['sensitive', 'everyone', 'optional'].includes(value) ? value : value.split(/[,\s]+/)))
      .pipe(z.union([z.enum(['sensitive', 'everyone', 'optional']), z.array(z.enum(ROLES)).min(1)], WHO_NEEDS_IT)),
    standard: null,
    derived: '`sensitive`, in a demo `optional`',
    help: 'Who needs a second factor (authenticator app or passkey) to sign in: `sensitive` (administrators, auditors and every role that may unmask, export, give posts or manage accounts), `everyone`, `optional`, or roles separated by commas.',
  }),
  ssoIssuer: variable({
    env: 'GONGZHI_SSO_ISSUER',
    flag: 'sso-issuer',
    schema: addressOf('https', 'http').transform((value) => value.replace(/\/+$/, '')),
    standard: null,
    derived: 'none: officers sign in here',
    help: 'Issuer of a sign-in service (OpenID Connect) through which officers may also enter. Its host may be called; in a network of your own it must also stand in GONGZHI_OUTGOING_PRIVATE_HOSTS. The redirect address to register there ends in /api/auth/sso/callback.',
  }),
  ssoClientId: variable({
    env: 'GONGZHI_SSO_CLIENT_ID',
    flag: 'sso-client-id',
    schema: text,
    standard: null,
    derived: 'none',
    help: 'By what that service knows this platform. Required with GONGZHI_SSO_ISSUER.',
  }),
  ssoClientSecretFile: variable({
    env: 'GONGZHI_SSO_CLIENT_SECRET_FILE',
    flag: 'sso-client-secret-file',
    schema: text.transform((path) => resolve(path)),
    standard: null,
    derived: 'none: the service knows a public client',
    help: 'File with the secret of this client.',
  }),
  ssoClaim: variable({
    env: 'GONGZHI_SSO_CLAIM',
    flag: 'sso-claim',
    schema: text,
    standard: 'preferred_username',
    help: 'Claim that holds the username of the account here. Only accounts that an administrator made may enter; at the first entry the account is bound to the person of the service.',
  }),
  ssoScope: variable({
    env: 'GONGZHI_SSO_SCOPE',
    flag: 'sso-scope',
    schema: text,
    standard: 'openid profile',
    help: 'What is asked of the service; `openid` must be among it.',
  }),
  ssoSecondFactor: variable({
    env: 'GONGZHI_SSO_SECOND_FACTOR',
    flag: 'sso-second-factor',
    schema: text.transform((value) => value.split(/[,\s]+/)),
    standard: null,
    derived: 'none: it never counts as a second factor',
    help: 'Values of `acr` by which the service says that it checked two factors, separated by commas; such an entry needs no second factor of this platform.',
  }),
  ssoName: variable({
    env: 'GONGZHI_SSO_NAME',
    flag: 'sso-name',
    schema: text,
    standard: '政务统一身份认证',
    help: 'What the button on the sign-in page calls the service.',
  }),
  smtpUrl: variable({
    env: 'GONGZHI_SMTP_URL',
    flag: 'smtp-url',
    schema: addressOf('smtp', 'smtps'),
    standard: null,
    derived: 'none: mail goes to the mailbox page of the demo, or is not sent',
    secret: true,
    help: 'Mail server, e.g. smtps://user:password@mail.example.gov.cn.',
  }),
  mailFrom: variable({
    env: 'GONGZHI_MAIL_FROM',
    flag: 'mail-from',
    schema: text,
    standard: 'gongzhi@localhost',
    help: 'Sender of the mail.',
  }),
  smsUrl: variable({
    env: 'GONGZHI_SMS_URL',
    flag: 'sms-url',
    schema: addressOf('http', 'https'),
    standard: null,
    derived: 'none: text messages go to the mailbox page of the demo, or are not sent',
    help: 'Address of the SMS gateway; each message is a signed POST.',
  }),
  smsSecret: variable({
    env: 'GONGZHI_SMS_SECRET',
    flag: 'sms-secret',
    schema: text,
    standard: null,
    derived: 'none',
    secret: true,
    help: 'Secret with which messages to the SMS gateway are signed. Required with GONGZHI_SMS_URL.',
  }),
  assistantUrl: variable({
    env: 'GONGZHI_ASSISTANT_URL',
    flag: 'assistant-url',
    schema: addressOf('http', 'https').transform((value) => value.replace(/\/+$/, '')),
    standard: null,
    derived: 'none: off, nothing is sent anywhere',
    help: 'Address of a service with the chat API of OpenAI, up to /v1, that writes summaries and drafts of answers when an officer asks for one. Texts are sent without identity and contact data; confidential and sealed cases never. Its host may be called; in a network of your own it must also stand in GONGZHI_OUTGOING_PRIVATE_HOSTS.',
  }),
  assistantModel: variable({
    env: 'GONGZHI_ASSISTANT_MODEL',
    flag: 'assistant-model',
    schema: text,
    standard: null,
    derived: 'none',
    help: 'Name of the model at that service; shown beside what it writes. Required with GONGZHI_ASSISTANT_URL.',
  }),
  assistantKey: variable({
    env: 'GONGZHI_ASSISTANT_KEY',
    flag: 'assistant-key',
    schema: text,
    standard: null,
    derived: 'none',
    secret: true,
    help: 'Key for that service, sent as a bearer token.',
  }),
  outgoingHosts: variable({
    env: 'GONGZHI_OUTGOING_HOSTS',
    flag: 'outgoing-hosts',
    schema: hostList,
    standard: '',
    help: 'Hosts the platform may call beside those named in other settings, separated by commas: hooks.example.gov.cn, *.example.gov.cn for all below it, with :port for that port alone. They must lie at public addresses.',
  }),
  outgoingPrivateHosts: variable({
    env: 'GONGZHI_OUTGOING_PRIVATE_HOSTS',
    flag: 'outgoing-private-hosts',
    schema: hostList,
    standard: '',
    help: 'Hosts, written alike, that may be called on this machine or in the own network, e.g. an SMS gateway in a government intranet. Addresses of cloud metadata are never called.',
  }),
  checkpointMinutes: variable({
    env: 'GONGZHI_CHECKPOINT_MINUTES',
    flag: 'checkpoint-minutes',
    schema: whole(1, 1440),
    standard: '10',
    help: 'Minutes between two signed checkpoints of the history.',
  }),
  historyFolder: variable({
    env: 'GONGZHI_HISTORY_FOLDER',
    flag: 'history-folder',
    schema: text.transform((path) => resolve(path)),
    standard: null,
    derived: 'history in the data folder',
    help: 'Folder of the signed checkpoints. Have others copy it: what they hold can no longer be changed unseen.',
  }),
  auditMonths: variable({
    env: 'GONGZHI_AUDIT_MONTHS',
    flag: 'audit-months',
    schema: whole(6, 1200),
    standard: '36',
    help: 'Months for which the record of who read or changed what is kept; at least 6, which the database enforces, too.',
  }),
  combinedOffices: variable({
    env: 'GONGZHI_COMBINED_OFFICES',
    flag: 'combined-offices',
    schema: onOff,
    standard: 'false',
    help: 'Whether one person may hold two of the posts administrator, security administrator and auditor. For very small offices; every such post is recorded.',
  }),
  backupFolder: variable({
    env: 'GONGZHI_BACKUP_FOLDER',
    flag: 'backup-folder',
    schema: text.transform((path) => resolve(path)),
    standard: null,
    derived: 'none: no backups by schedule',
    help: 'Folder for daily backups; best on another machine. Without it, run the backup command yourself.',
  }),
  backupAt: variable({
    env: 'GONGZHI_BACKUP_AT',
    flag: 'backup-at',
    schema: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 02:30'),
    standard: '02:30',
    help: 'Time of day, in China, after which the daily backup is made.',
  }),
  backupKeep: variable({
    env: 'GONGZHI_BACKUP_KEEP',
    flag: 'backup-keep',
    schema: whole(1, 3650),
    standard: '14',
    help: 'How many of the daily backups are kept; older ones are removed after a new one is whole.',
  }),
  backupKeyFile: variable({
    env: 'GONGZHI_BACKUP_KEY_FILE',
    flag: 'backup-key-file',
    schema: text.transform((path) => resolve(path)),
    standard: null,
    derived: 'none: daily backups are not encrypted',
    help: 'File with 32 bytes in base64 or hex; daily backups are encrypted with it.',
  }),
  stopSeconds: variable({
    env: 'GONGZHI_STOP_SECONDS',
    flag: 'stop-seconds',
    schema: whole(1, 600),
    standard: '20',
    help: 'Seconds that running requests get to finish when the platform is stopped.',
  }),
} as const;

type Rows = typeof VARIABLES;
type Key = keyof Rows;
type ValueOf<K extends Key> = z.output<Rows[K]['schema']>;
/** Keys that are never empty, because they have a standard or are derived from others. */
type Filled =
  | 'baseUrl'
  | 'tenant'
  | 'masterKeyFile'
  | 'signingKeyFile'
  | 'historyFolder'
  | { [K in Key]: Rows[K]['standard'] extends string ? K : never }[Key];

export type Config = {
  readonly [K in Key]: K extends Filled ? ValueOf<K> : ValueOf<K> | null;
};

/** Says every setting that is wrong, one a line. */
export class ConfigError extends SetupError {
  override readonly name = 'ConfigError';
}

export type Arguments = {
  /** What is not a flag, in order: the command and its own arguments. */
  readonly words: readonly string[];
  /** Flags that are not settings, e.g. `--check`, for the command to read. */
  readonly flags: ReadonlyMap<string, string>;
};

/** Reads the configuration. Throws `ConfigError` naming every wrong value; a secret's value is never repeated. */
export function loadConfig(
  env: NodeJS.ProcessEnv = process.env,
  flags: ReadonlyMap<string, string> = new Map(),
): Config {
  const values: Partial<Record<Key, unknown>> = {};
  const wrong: string[] = [];
  const given = new Map(flags);
  if (given.has('empty') && !given.has('demo')) given.set('demo', given.get('empty') === 'false' ? 'true' : 'false');
  for (const [key, row] of Object.entries(VARIABLES) as [Key, Variable<unknown>][]) {
    const raw = given.get(row.flag) ?? (env[row.env] === '' ? undefined : env[row.env]) ?? row.standard;
    if (raw === null || raw === undefined) {
      values[key] = null;
      continue;
    }
    const parsed = row.schema.safeParse(raw);
    if (parsed.success) values[key] = parsed.data;
    else wrong.push(`${row.env} (--${row.flag})${row.secret ? '' : ` = ${raw}`}: ${z.prettifyError(parsed.error)}`);
  }
  if (values.kmsUrl && !values.kmsToken && !values.kmsTokenFile) {
    wrong.push('GONGZHI_KMS_TOKEN or GONGZHI_KMS_TOKEN_FILE: required when GONGZHI_KMS_URL is set');
  }
  if (values.smsUrl && !values.smsSecret) wrong.push('GONGZHI_SMS_SECRET: required when GONGZHI_SMS_URL is set');
  if (values.assistantUrl && !values.assistantModel)
    wrong.push('GONGZHI_ASSISTANT_MODEL: required when GONGZHI_ASSISTANT_URL is set');
  if (values.ssoIssuer && !values.ssoClientId)
    wrong.push('GONGZHI_SSO_CLIENT_ID: required when GONGZHI_SSO_ISSUER is set');
  if (wrong.length > 0) throw new ConfigError(`The configuration is not right:\n${wrong.join('\n')}`);
  return derive(values as Record<Key, unknown> & Config);
}

function derive(values: Config): Config {
  const host = values.host.includes(':') ? `[${values.host}]` : values.host;
  return {
    ...values,
    baseUrl: values.baseUrl ?? `http://${host}:${values.port}`,
    tenant: values.tenant ?? Number(values.jurisdiction),
    historyFolder: values.historyFolder ?? resolve(values.dataDir, 'history'),
    masterKeyFile: values.masterKeyFile ?? resolve(values.dataDir, 'keys', 'master.key'),
    signingKeyFile:
      values.signingKeyFile ?? resolve(values.dataDir, 'keys', `signing-${values.signingAlgorithm.toLowerCase()}.pem`),
  };
}

/**
 * Splits command-line words: `--name value`, `--name=value`, and `--name` alone, which reads `true`. `valued` names
 * flags of commands that take a value, beside the settings.
 */
export function readArguments(words: readonly string[], valued: readonly string[] = []): Arguments {
  const plain: string[] = [];
  const flags = new Map<string, string>();
  const settings = new Set<string>([...Object.values(VARIABLES).map((row) => row.flag), ...valued]);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const match = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(word);
    if (!match?.[1]) {
      plain.push(word);
      continue;
    }
    const next = words[index + 1];
    // Only settings take the next word as their value: `--check file` must leave the file a plain word.
    const takesNext = match[2] === undefined && settings.has(match[1]) && next !== undefined && !next.startsWith('--');
    flags.set(match[1], takesNext ? next : (match[2] ?? 'true'));
    if (takesNext) index++;
  }
  return { words: plain, flags };
}
