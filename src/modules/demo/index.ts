import { refuse } from '../../kit/result.ts';
import { type Module, route } from '../../platform/app.ts';
import { defineTexts } from '../../platform/i18n/texts.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './cast.ts';
import { demoAccounts } from './contract.ts';
import { inventedPerson } from './people.ts';
import { isDemo } from './scenario.ts';

export { demoOf } from './demo-of.ts';
export { isDemo, loadScenario, markDemo } from './scenario.ts';

/** The named scenario of a first start: a cast with an account for every role, and invented requests. */
export const demoModule: Module = {
  name: 'demo',
  texts: defineTexts({ 'zh-CN': {}, en: {} }),
  refusals: {},
  grants: {},
  contracts: [demoAccounts],
  routes: () => [
    route(demoAccounts, async ({ tx, locale }) => {
      if (!(await isDemo(tx))) return refuse('http.not_found');
      const accounts = DEMO_ACCOUNTS.map(({ username, titleZh, titleEn }, index) => {
        const person = inventedPerson(index);
        const english = locale === 'en';
        return {
          username,
          password: DEMO_PASSWORD,
          name: english ? person.nameEn : person.name,
          posts: [english ? titleEn : titleZh],
        };
      });
      return { accounts };
    }),
  ],
};

/** What the terminal says of the demo. */
export function demoAccountLines(): string[] {
  const width = Math.max(...DEMO_ACCOUNTS.map(({ username }) => username.length));
  return [
    `  demo accounts (password ${DEMO_PASSWORD}):`,
    ...DEMO_ACCOUNTS.map(({ username, titleEn, titleZh }) => `    ${username.padEnd(width)}  ${titleEn} · ${titleZh}`),
  ];
}
