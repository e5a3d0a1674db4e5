import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { nameIn, useTexts } from '../../../platform/web/i18n.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import type { SimilarCase } from '../contract.ts';

type Props = { readonly one: SimilarCase; readonly children?: ReactNode };

/** A case beside which another is held: state, words, place, time, and what both say. */
export function SimilarWords({ one, children }: Props) {
  const { t, locale } = useTexts();
  return (
    <>
      <h3>{one.title}</h3>
      <p>
        <span className="chip">{t(`cases.state.${one.state}`)}</span> <span className="num">{one.number}</span>
        {one.duplicates > 0 && <span className="soft"> · {t('clusters.ui.duplicates', { n: one.duplicates })}</span>}
      </p>
      <p className="words-of">{one.body}</p>
      <p className="soft">
        {[
          nameIn(locale, one.class),
          one.path.join(' · '),
          one.metres === null ? '' : t('clusters.ui.metres', { n: one.metres }),
        ]
          .filter((part) => part !== '')
          .join(' · ')}{' '}
        · <Moment at={one.openedAt} />
      </p>
      {one.shared.length > 0 && (
        <p className="soft">
          {t('clusters.ui.shared')}{' '}
          {one.shared
            .slice(0, 5)
            .map((word) => `“${word}”`)
            .join(' ')}
        </p>
      )}
      <div className="buttons">
        {children}
        <Link to="/cases/$id" params={{ id: one.id }}>
          {t('clusters.ui.open')}
        </Link>
      </div>
    </>
  );
}
