import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT } from '../database/migrations.ts';
import { ConfigError, loadConfig, readArguments, VARIABLES } from './config.ts';
import { configurationDocument } from './document.ts';

describe('configuration', () => {
  test('without anything given: the demo county, on loopback, in ./data', () => {
    const config = loadConfig({}, new Map());

    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      baseUrl: 'http://127.0.0.1:8080',
      jurisdiction: '421181',
      tenant: 421181,
      demo: true,
      databaseUrl: null,
      fileSizeLimit: 20 * 1024 * 1024,
    });
    expect(config.dataDir).toBe(join(process.cwd(), 'data'));
    expect(config.masterKeyFile).toBe(join(process.cwd(), 'data', 'keys', 'master.key'));
  });

  test('the flag wins over the environment, which wins over the standard', () => {
    const env = { GONGZHI_PORT: '9001', GONGZHI_HOST: '0.0.0.0' };

    expect(loadConfig(env, readArguments(['start', '--port', '9002']).flags)).toMatchObject({
      port: 9002,
      host: '0.0.0.0',
    });
  });

  test('the record of who read what is kept six months at least', () => {
    expect(loadConfig({ GONGZHI_AUDIT_MONTHS: '6' }).auditMonths).toBe(6);
    expect(() => loadConfig({ GONGZHI_AUDIT_MONTHS: '5' })).toThrow(ConfigError);
  });

  test('an empty variable counts as not given', () => {
    expect(loadConfig({ GONGZHI_PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 8080, databaseUrl: null });
  });

  test('--empty switches the demo off', () => {
    expect(loadConfig({}, readArguments(['start', '--empty']).flags).demo).toBe(false);
  });

  test('the tenant keeps its number when the division code changes', () => {
    expect(loadConfig({ GONGZHI_TENANT: '421181', GONGZHI_JURISDICTION: '421182' })).toMatchObject({
      tenant: 421181,
      jurisdiction: '421182',
    });
  });

  test('says everything that is wrong at once, and repeats no secret', () => {
    const env = {
      GONGZHI_PORT: '80a',
      GONGZHI_JURISDICTION: '4211',
      GONGZHI_DEMO: 'perhaps',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      GONGZHI_SMS_URL: 'https://sms.example.cn',
    };
    const load = () => loadConfig(env);

    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/GONGZHI_PORT.*GONGZHI_JURISDICTION.*GONGZHI_DEMO.*DATABASE_URL.*GONGZHI_SMS_SECRET/s);
    expect(load).not.toThrow(/hunter2/);
  });

  test('docs/configuration.md says what the table says', async () => {
    const written = await readFile(join(PROJECT, 'docs', 'configuration.md'), 'utf8');

    expect(written, 'run: node bin/gongzhi.mjs configuration > docs/configuration.md').toBe(configurationDocument());
  });

  test('no variable and no flag is named twice', () => {
    const rows = Object.values(VARIABLES);

    expect(new Set(rows.map((row) => row.env)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row.flag)).size).toBe(rows.length);
  });
});

describe('command line', () => {
  test.each([
    [
      ['import', 'cases', 'file.csv', '--dry-run', '--json'],
      ['import', 'cases', 'file.csv'],
      { 'dry-run': 'true', json: 'true' },
    ],
    [['schema', '--check'], ['schema'], { check: 'true' }],
    [['start', '--port=81', '--data', '/d'], ['start'], { port: '81', data: '/d' }],
    [['import', '--dry-run', 'file.csv'], ['import', 'file.csv'], { 'dry-run': 'true' }],
    [['start', '--demo', '--port', '1'], ['start'], { demo: 'true', port: '1' }],
  ])('%j', (given, words, flags) => {
    const read = readArguments(given);

    expect(read.words).toEqual(words);
    expect(Object.fromEntries(read.flags)).toEqual(flags);
  });
});
