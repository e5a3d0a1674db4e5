import { useTexts } from '../../../../platform/web/i18n.tsx';
import { Moment } from '../../../../platform/web/office/moment.tsx';
import type { CaseDetail } from '../queries.ts';
import { Photos } from './photos.tsx';
import { type Entry, organisationsOf, sentenceOf } from './timeline-words.ts';

/** What a first entry repeats from the top of the page. */
const SHOWN_ABOVE = new Set(['title', 'description', 'place']);

/** Everything that happened, newest last: internal notes tinted, what the requester was told framed, machine steps small. */
export function Timeline({ view }: { view: CaseDetail }) {
  const { t } = useTexts();
  return (
    <section className="card case-timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('cases.ui.timeline')}</h2>
      <ol className="timeline">
        {view.timeline.map((entry) => (
          <TimelineEntry key={entry.seq} entry={entry} view={view} />
        ))}
      </ol>
    </section>
  );
}

function TimelineEntry({ entry, view }: { entry: Entry; view: CaseDetail }) {
  const { t, locale } = useTexts();
  const sentence = sentenceOf({ t, locale, organisation: organisationsOf(view, locale), unit: view.totalUnit }, entry);
  const first = entry.kind === 'registered' || entry.kind === 'imported';
  const words = Object.entries(entry.content ?? {}).filter(([field]) => !(first && SHOWN_ABOVE.has(field)));
  return (
    <li className={`event ${entry.tone}`}>
      <Moment at={entry.at} className="num" />
      <div>
        {(entry.tone === 'internal' || entry.tone === 'public') && (
          <span className="for-whom">{t(`cases.ui.event.${entry.tone}`)}</span>
        )}
        <p>{sentence}</p>
        {entry.erasedBy !== null && <p className="soft">{t('cases.ui.event.erased', { order: entry.erasedBy })}</p>}
        {words.map(([field, text]) => (
          <p key={field} className="said">
            {words.length > 1 && <b>{fieldName(t, field)} </b>}
            {text}
          </p>
        ))}
        {!first && <Photos files={entry.files} />}
      </div>
    </li>
  );
}

function fieldName(t: (key: string) => string, field: string): string {
  const key = `cases.ui.content.${field}`;
  const name = t(key);
  return name === key ? '' : name;
}
