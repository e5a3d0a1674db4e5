import { useTexts } from '../../../../platform/web/i18n.tsx';
import { placeText } from '../parts/names.ts';
import type { CaseDetail } from '../queries.ts';
import { Photos } from './photos.tsx';
import { SmallMap } from './small-map.tsx';

/** What was asked: words, photos, place. */
export function Asked({ view }: { view: CaseDetail }) {
  const { t } = useTexts();
  return (
    <section className="card asked" aria-labelledby="asked-title">
      <div>
        <h2 id="asked-title">{t('cases.ui.asked')}</h2>
        <p className="body">{view.body}</p>
        <Photos files={view.timeline[0]?.files ?? []} />
      </div>
      <div className="where">
        <h2>{t('cases.ui.where')}</h2>
        <p>
          {placeText(view.place.path)}
          {view.placeText !== null && <span className="soft"> {view.placeText}</span>}
        </p>
        <SmallMap areaCode={view.place.areaCode} point={view.place.point} />
      </div>
    </section>
  );
}
