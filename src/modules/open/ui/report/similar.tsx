import { Link } from 'wouter';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { api } from '../endpoints.ts';
import { announce } from '../pieces/announce.tsx';
import { useLoad } from '../pieces/use-load.ts';
import { lengthOf } from './draft.ts';
import type { StepProps } from './step-frame.tsx';
import { useSettled } from './use-settled.ts';

type Props = Pick<StepProps, 'draft' | 'change'>;

const PAUSE_MS = 900;
const LEAST = 6;

/**
 * Requests nearby that were made public and are likely about the same matter, with how they stand. Following one
 * still files a request of one's own, with its own number and call-back; it is only dealt with together.
 */
export function Similar({ draft, change }: Props) {
  const { t } = useTexts();
  const text = useSettled(draft.text.trim(), PAUSE_MS);
  const areaCode = draft.how === 'area' ? (draft.area?.code ?? null) : (draft.point?.at?.code ?? null);
  const subject = lengthOf(text) < LEAST ? null : JSON.stringify([text, draft.classCode, areaCode]);
  const found = useLoad(subject, (signal) =>
    call(api.similarRequests, { body: { text, classCode: draft.classCode, areaCode }, signal }),
  );
  const { follows } = draft;
  if (follows !== null) {
    return (
      <section className="similar" aria-label={t('open.report.follows')}>
        <p>
          {t('open.report.follows_this', { title: follows.title, number: follows.number })}{' '}
          {t('open.report.follows_about')}
        </p>
        <button type="button" className="button" onClick={() => change({ follows: null })}>
          {t('open.report.follows_not')}
        </button>
      </section>
    );
  }
  const items = found.value?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="similar" aria-labelledby="similar-title">
      <h2 id="similar-title">{t('open.report.similar')}</h2>
      <p className="hint">{t('open.report.similar_hint')}</p>
      <ul>
        {items.map((one) => (
          <li key={one.number}>
            <b>{one.title}</b>
            <span className="soft">{[one.place, one.outcomeText ?? one.phaseText].filter(Boolean).join(' · ')}</span>
            <span className="similar-steps">
              {one.joinable && (
                <button
                  type="button"
                  className="button"
                  aria-label={t('open.report.follow_this', { title: one.title })}
                  onClick={() => {
                    const place =
                      draft.how === null ? { how: 'area' as const, area: { code: one.areaCode, path: one.place } } : {};
                    change({ follows: { number: one.number, title: one.title }, ...place });
                    announce(t('open.report.follows_this', { title: one.title, number: one.number }));
                  }}
                >
                  {t('open.report.follow')}
                </button>
              )}
              <Link href={`/cases/${one.number}`} aria-label={t('open.report.similar_read_this', { title: one.title })}>
                {t('open.report.similar_read')}
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
