// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text that stands in other files
import type { Protection } from './protection.ts';

/** What the law gives a person whose data is kept. */
export const PRIVACY_PROTECTIONS: readonly Protection[] = [
  {
    name: 'health, a child and the like want a consent of their own',
    file: 'src/modules/open/filing.ts',
    with: '!sensitive || body.sensitiveConsent',
    without: '!sensitive || body.sensitiveConsent !== null',
    tests: ['src/modules/privacy'],
  },
  {
    name: 'nothing is made public without consent',
    file: 'src/modules/cases/rules/actions.ts',
    with: 'guard.notPetition, guard.consented, guard.notSealed',
    without: 'guard.notPetition, guard.notSealed',
    tests: ['src/modules/cases'],
  },
  {
    name: 'which notice a person was shown is kept',
    file: 'src/modules/privacy/notices.ts',
    with: 'const shown = version === null ? [] :',
    without: 'const shown = version !== undefined ? [] :',
    tests: ['src/modules/privacy'],
  },
  {
    name: 'the narrowest rule of retention holds',
    file: 'src/modules/privacy/rules/retention.ts',
    with: 'two.classPrefix.length - one.classPrefix.length',
    without: 'one.classPrefix.length - two.classPrefix.length',
    tests: ['src/modules/privacy'],
  },
  {
    name: 'an open request is not erased',
    file: 'src/modules/privacy/erasing.ts',
    with: "if (!(ENDED_STATES as readonly string[]).includes(stored.state.state)) return refuse('cases.not_ended');",
    without: '',
    tests: ['src/modules/privacy'],
  },
  {
    name: 'an identity is erased with the index of its number',
    file: 'src/modules/requesters/identities.ts',
    with: 'mail = NULL, phone_index = NULL, phone_ending_index = NULL, salt = NULL,',
    without: 'mail = NULL, salt = NULL,',
    tests: ['src/modules/requesters', 'src/modules/privacy'],
  },
  {
    name: 'a person’s copy shows an identity in full by his phone alone',
    file: 'src/modules/privacy/own.ts',
    with: 'const exported = await exportCase(app, reading, id, own.includes(id));',
    without: 'const exported = await exportCase(app, reading, id, true);',
    tests: ['src/modules/privacy'],
  },
  {
    name: 'a wish to correct is put through',
    file: 'src/modules/privacy/requests.ts',
    with: 'return correctRequester(tx, app.vault, actor, requesterId, given, now);',
    without: 'return correctRequester(tx, app.vault, actor, requesterId, {}, now);',
    tests: ['src/modules/privacy'],
  },
  {
    name: 'a person deletes his identity when all is over',
    file: 'src/modules/privacy/requests.ts',
    with: "if (asked.what === 'identity' && ended) {",
    without: "if (asked.what === 'identity' && ended && now < new Date(0)) {",
    tests: ['src/modules/privacy'],
  },
  {
    name: 'the list after a breach keeps why it was made',
    file: 'src/modules/privacy/affected.ts',
    with: 'await keepList(tx, vault, actor, breach, shown.length, now);',
    without: 'void keepList;',
    tests: ['src/modules/privacy'],
  },
  {
    name: 'the portal sets no cookie before somebody signs in',
    file: 'src/platform/http/server.ts',
    with: '    request.locale = localeOf(request);\n    if (closing.has(server)) {',
    without:
      "    request.locale = localeOf(request);\n    reply.header('set-cookie', 'seen=1; Path=/');\n    if (closing.has(server)) {",
    tests: ['src/policies.test.ts'],
  },
  {
    name: 'a message to an officer tells nothing of a sealed case',
    file: 'src/modules/messages/facts.ts',
    with: "const open = facts.sensitivity === 'normal';",
    without: 'const open = true;',
    tests: ['src/modules/messages'],
  },
  {
    name: 'the mailbox of the demo masks who is written to',
    file: 'src/platform/notify/mailbox.ts',
    with: '${masked(message.to)}',
    without: '${message.to || masked(message.to)}',
    tests: ['src/platform/notify'],
  },
];
