import type { App, OutboxConsumer } from '../../platform/app.ts';
import { tellPeople } from './tell.ts';

/**
 * Tells the holder of an account that somebody signed in with it on a browser never seen before: in his inbox and by
 * mail. Which browser and from where stands on his page of sign-ins, and in no message.
 */
export function tellHolder(app: App): OutboxConsumer {
  return {
    name: 'messages.accounts',
    kinds: ['account.new_device'],
    handle: async ({ subject, at }, tx) => {
      const params = {
        number: '',
        areaCode: null,
        classCode: null,
        dueAt: at.toISOString(),
        about: { kind: 'account', id: subject },
      } as const;
      // What is about no case stands under the account itself.
      await tellPeople(app, tx, { caseId: subject, at, notice: 'new_device', params, people: [subject], actorId: '' });
    },
  };
}
