import { VARIABLES } from './config.ts';

/** The text of docs/configuration.md; a test compares it with the file, so that no setting is left undescribed. */
export function configurationDocument(): string {
  const rows = Object.values(VARIABLES).map((row) => {
    const standard = row.standard ? `\`${row.standard}\`` : 'derived' in row ? row.derived : 'none';
    const secret = 'secret' in row && row.secret ? ' (secret)' : '';
    return `| \`${row.env}\`${secret} | \`--${row.flag}\` | ${standard} | ${row.help} |`;
  });
  return [
    '# Configuration',
    '',
    'Every setting is an environment variable or a flag of the start command; the flag wins. Written from',
    '`src/platform/config/config.ts` by `node bin/gongzhi.mjs configuration`; change it there.',
    '',
    '| variable | flag | when not given | what it does |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
