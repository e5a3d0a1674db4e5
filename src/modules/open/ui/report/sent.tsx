import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { byText } from '../../../../platform/web/time.ts';
import { announce } from '../pieces/announce.tsx';
import { copyText } from '../pieces/copy.ts';
import { dropReceipt, keepRequest, keptReceipt, type Receipt } from '../pieces/kept-requests.ts';
import { Page } from '../pieces/page.tsx';
import { drawReceipt } from './draw-receipt.ts';

/** The number large, the code, what happens next. Stays until the person says it is noted. */
export function Sent() {
  const { t } = useTexts();
  const [receipt] = useState(keptReceipt);
  const [, go] = useLocation();
  if (!receipt) {
    return (
      <Page title={t('open.sent.none')} back="/">
        <p>{t('open.sent.none_text')}</p>
        <Link href="/track" className="button button-primary">
          {t('open.home.track')}
        </Link>
      </Page>
    );
  }
  return (
    <Page title={t('open.sent.title')} className="sent">
      <Proof receipt={receipt} />
      {receipt.incomplete && <p className="problem">{t('open.sent.not_included')}</p>}
      <Next receipt={receipt} />
      <div className="actions">
        <Link href={`/track/${receipt.number}`} className="button">
          {t('open.sent.track')}
        </Link>
        <button
          type="button"
          className="button button-primary"
          onClick={() => {
            dropReceipt();
            go('/');
          }}
        >
          {t('open.sent.done')}
        </button>
      </div>
    </Page>
  );
}

function Proof({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTexts();
  return (
    <div className="proof">
      <dl>
        <dt>{t('open.sent.number')}</dt>
        <dd className="number num">{receipt.number}</dd>
        <dt>{t('open.sent.code')}</dt>
        <dd className="code num">{receipt.queryCode}</dd>
      </dl>
      <p className="soft">{t('open.sent.keep')}</p>
      <Keep receipt={receipt} />
    </div>
  );
}

/** Three ways to keep the proof: clipboard, picture, this phone. */
function Keep({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTexts();
  const [said, setSaid] = useState<string>();
  const [picture, setPicture] = useState<string>();
  const say = (text: string) => {
    setSaid(text);
    announce(text);
  };
  const copy = async () => {
    const address = `${window.location.origin}/track/${receipt.number}`;
    const done = await copyText(t('open.sent.copy_text', { number: receipt.number, code: receipt.queryCode, address }));
    say(t(done ? 'open.copied' : 'open.copy_failed'));
  };
  const save = async () => {
    try {
      setPicture(await savePicture(receipt, t));
      say(t('open.sent.picture_done'));
    } catch {
      say(t('open.sent.picture_failed'));
    }
  };
  return (
    <>
      <div className="actions">
        <button type="button" className="button" onClick={() => void copy()}>
          {t('open.sent.copy')}
        </button>
        <button type="button" className="button" onClick={() => void save()}>
          {t('open.sent.picture')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => say(t(keepRequest(receipt) ? 'open.sent.remembered' : 'open.report.not_kept'))}
        >
          {t('open.sent.remember')}
        </button>
      </div>
      {said && <p className="success">{said}</p>}
      {picture && (
        <img className="proof-picture" src={picture} alt={t('open.sent.picture_alt')} width={720} height={900} />
      )}
    </>
  );
}

type Say = ReturnType<typeof useTexts>['t'];

async function savePicture(receipt: Receipt, t: Say): Promise<string> {
  const blob = await drawReceipt({
    heading: t('open.sent.picture_heading'),
    lines: [
      { label: t('open.sent.number'), value: receipt.number },
      { label: t('open.sent.code'), value: receipt.queryCode },
    ],
    note: t('open.sent.keep'),
    address: `${window.location.origin}/track`,
  });
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${receipt.number}.png`;
  link.click();
  return address;
}

function Next({ receipt }: { readonly receipt: Receipt }) {
  const { t, locale } = useTexts();
  const now = useNow();
  const by = (due: string | null) => (due === null ? t('open.sent.no_due') : byText(t, locale, due, now));
  return (
    <section aria-labelledby="next">
      <h2 id="next">{t('open.sent.next')}</h2>
      {receipt.joined && <p>{t('open.sent.joined', { number: receipt.joined })}</p>}
      <ol className="track">
        <li className="now">
          {t('open.sent.next_dispatch', { office: receipt.officeName })}
          <time>{by(receipt.dispatchDueAt)}</time>
        </li>
        <li className="todo">
          {t('open.sent.next_answer')}
          <time>{by(receipt.dueAt)}</time>
        </li>
        <li className="todo">
          {t('open.sent.next_rate')}
          <time>{t('open.sent.next_rate_note')}</time>
        </li>
      </ol>
    </section>
  );
}
