import { useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { ReleasedDetail } from '../../contract.ts';
import { api } from '../endpoints.ts';
import { When } from '../pieces/moment.tsx';
import { Page } from '../pieces/page.tsx';
import { PhaseMark } from '../pieces/phase-mark.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { useLoad } from '../pieces/use-load.ts';
import { PublicMap } from './public-map.tsx';

/** One request made public: the edited words, the answer, and how it ended. */
export function ReleasedOne() {
  const { t } = useTexts();
  const { number = '' } = useParams<{ number: string }>();
  const loaded = useLoad(`released ${number}`, (signal) => call(api.getReleased, { params: { number }, signal }));
  if (isProblem(loaded.error, 'open.not_public') || isProblem(loaded.error, 'http.not_found')) return <NotPublic />;
  if (!loaded.value) {
    return (
      <Page key="coming" title={number} back="/cases">
        {loaded.error ? <Failed error={loaded.error} onRetry={loaded.reload} /> : <Loading rows={5} t={t} />}
      </Page>
    );
  }
  return <One one={loaded.value} />;
}

function NotPublic() {
  const { t } = useTexts();
  return (
    <Page title={t('open.released.none')} back="/cases">
      <p>{t('open.released.none_text')}</p>
      <div className="actions">
        <Link href="/track" className="button button-primary">
          {t('open.home.track')}
        </Link>
        <Link href="/cases" className="button">
          {t('open.home.near')}
        </Link>
      </div>
    </Page>
  );
}

function One({ one }: { readonly one: ReleasedDetail }) {
  const { t } = useTexts();
  return (
    <Page title={one.title} back="/cases" className="released">
      <p className="case-meta">
        <PhaseMark phase={one.phase} text={one.outcomeText ?? one.phaseText} />
        <span className="num soft">{one.number}</span>
      </p>
      <p className="said">{one.text}</p>
      <p className="soft">{t('open.released.edited')}</p>
      {one.answer && (
        <section className="answer" aria-labelledby="public-answer">
          <h2 id="public-answer">{t('open.released.answer')}</h2>
          <p>{one.answer.text}</p>
          {one.answer.office && <small>{one.answer.office}</small>}
        </section>
      )}
      {one.images.length > 0 && (
        <ul className="photos-large" aria-label={t('open.released.photos')}>
          {one.images.map((image, index) => (
            <li key={image.id}>
              <a href={image.url}>
                <img
                  src={image.thumbnailUrl}
                  alt={t('open.photo_alt', { n: index + 1 })}
                  loading="lazy"
                  width={image.width ?? undefined}
                  height={image.height ?? undefined}
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      <Facts one={one} />
      {one.point && <RoughPlace one={one} point={one.point} />}
      <Link href={`/track/${one.number}`} className="button">
        {t('open.released.mine')}
      </Link>
    </Page>
  );
}

type RoughProps = { readonly one: ReleasedDetail; readonly point: NonNullable<ReleasedDetail['point']> };

function RoughPlace({ one: { number, title, phase, areaCode }, point }: RoughProps) {
  const points = useMemo(() => [{ ...point, number, title, phase }], [point, number, title, phase]);
  return <PublicMap points={points} shown={areaCode} />;
}

function Facts({ one }: { readonly one: ReleasedDetail }) {
  const { t } = useTexts();
  return (
    <dl className="facts">
      <div>
        <dt>{t('open.released.where')}</dt>
        <dd>{one.place}</dd>
      </div>
      {one.className && (
        <div>
          <dt>{t('open.released.class')}</dt>
          <dd>{one.className}</dd>
        </div>
      )}
      {one.officeName && (
        <div>
          <dt>{t('open.released.lead')}</dt>
          <dd>{one.officeName}</dd>
        </div>
      )}
      <div>
        <dt>{t('open.released.filed')}</dt>
        <dd>
          <When at={one.filedAt} />
        </dd>
      </div>
      {one.closedAt && (
        <div>
          <dt>{t('open.released.closed')}</dt>
          <dd>
            <When at={one.closedAt} />
          </dd>
        </div>
      )}
    </dl>
  );
}
