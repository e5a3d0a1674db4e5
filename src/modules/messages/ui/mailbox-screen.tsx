import { useCallback, useEffect, useState } from 'react';
import type { AnswerOf } from '../../../platform/http/contract.ts';
import { call, isProblem } from '../../../platform/web/client.ts';
import { useNow } from '../../../platform/web/clock.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { exactTime, whenText } from '../../../platform/web/time.ts';
import type { readMailbox } from '../contract.ts';
import './mailbox.css';
import { messagesUiTexts } from './texts.ts';

// Method and path alone, so that the portal does not load the validation library.
const mailbox = { method: 'GET', path: '/api/public/mailbox' } as unknown as typeof readMailbox;
type Message = AnswerOf<typeof readMailbox>['items'][number];

const EVERY_MS = 4000;

/** What the demo would have sent; new messages appear by themselves. */
export function MailboxScreen() {
  return (
    <MoreTexts texts={messagesUiTexts}>
      <Mailbox />
    </MoreTexts>
  );
}

function Mailbox() {
  const { t } = useTexts();
  const { messages, next, failed, absent, more } = useMessages();
  useEffect(() => {
    document.title = t('messages.ui.mailbox');
  }, [t]);
  return (
    <div className="page mailbox">
      <h1>{t('messages.ui.mailbox')}</h1>
      <p>{t(absent ? 'messages.ui.mailbox_absent' : 'messages.ui.mailbox_about')}</p>
      <div role="status">{failed && !absent && <p>{t('messages.ui.mailbox_failed')}</p>}</div>
      {messages?.length === 0 && <p className="mailbox-none">{t('messages.ui.mailbox_none')}</p>}
      <ul className="mailbox-list" aria-live="polite">
        {messages?.map((message) => (
          <Card key={message.id} message={message} />
        ))}
      </ul>
      {next !== null && (
        <button type="button" className="button" onClick={more}>
          {t('messages.ui.mailbox_more')}
        </button>
      )}
    </div>
  );
}

function Card({ message }: { readonly message: Message }) {
  const { t, locale } = useTexts();
  const now = useNow();
  return (
    <li className="mailbox-card">
      <p className="mailbox-head">
        <b>{t(`messages.ui.channel.${message.channel}`)}</b>
        <span>{t('messages.ui.mailbox_to', { recipient: message.recipient })}</span>
        <time dateTime={message.at} title={exactTime(message.at)}>
          {whenText(t, locale, message.at, now)}
        </time>
      </p>
      {message.channel === 'mail' && <h2>{message.subject}</h2>}
      <p className="mailbox-body">{message.body}</p>
    </li>
  );
}

/** The newest page is asked for again and again; older ones stay below it. */
function useMessages() {
  const [messages, setMessages] = useState<readonly Message[]>();
  const [next, setNext] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [absent, setAbsent] = useState(false);
  const load = useCallback((after: string | null) => {
    return call(mailbox, { query: { limit: 20, ...(after === null ? {} : { after }) } }).then(
      (page) => {
        setFailed(false);
        setMessages((shown = []) => {
          const known = new Set(shown.map((one) => one.id));
          const fresh = page.items.filter((one) => !known.has(one.id));
          return after === null ? [...fresh, ...shown] : [...shown, ...fresh];
        });
        // The first page again must not bring back a cursor that 'earlier' has already passed.
        setNext((before) => (after === null && before !== null ? before : page.next));
      },
      (error: unknown) => {
        setFailed(true);
        setAbsent(isProblem(error, 'http.not_found'));
      },
    );
  }, []);
  useEffect(() => {
    void load(null);
    const timer = setInterval(() => void load(null), EVERY_MS);
    return () => clearInterval(timer);
  }, [load]);
  return { messages, next, failed, absent, more: () => void load(next) };
}
