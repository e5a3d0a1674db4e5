import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import type { ClassDetail } from '../contract.ts';
import { ClassDialog } from './class-dialog.tsx';
import { CloseClassDialog } from './close-class-dialog.tsx';
import { DeadlineGrid } from './deadline-grid.tsx';
import { Marks } from './marks.tsx';
import { bodyText, nameOf, periodText } from './names.ts';
import { classDetail, entryPages } from './queries.ts';

/** One class beside the list: facts, deadlines, who leads, versions. */
export function ClassDrawer({ code, onClose }: { code: string; onClose: () => void }) {
  const { locale } = useTexts();
  const { data, error, isPending, refetch } = useQuery(classDetail(code));
  const newest = data ? currentOf(data) : undefined;
  return (
    <Drawer open title={newest ? `${code} ${nameOf(locale, newest)}` : code} size={720} onClose={onClose}>
      {isPending && <PageSkeleton />}
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data && newest && <Body detail={data} newest={newest} />}
    </Drawer>
  );
}

type Version = ClassDetail['versions'][number];

function currentOf(detail: ClassDetail): Version | undefined {
  return detail.versions.find((one) => one.state === 'current') ?? detail.versions[0];
}

function Body({ detail, newest }: { detail: ClassDetail; newest: Version }) {
  const { t, locale } = useTexts();
  const manages = useMay('catalogue.manage');
  const [asked, setAsked] = useState<'edit' | 'close' | null>(null);
  const current = newest.state === 'current';
  const close = () => setAsked(null);
  return (
    <>
      <section className="cat-section">
        <p>
          {t(`catalogue.ui.lane.${newest.lane}`)}
          {detail.parent && ` · ${nameOf(locale, detail.parent)}`}
        </p>
        <Marks of={newest} />
        {newest.keywords.length > 0 && (
          <p className="soft">
            {t('catalogue.ui.keywords')}: {newest.keywords.join('、')}
          </p>
        )}
        {manages && current && (
          <p className="row-actions">
            <Button onClick={() => setAsked('edit')}>{t('catalogue.ui.edit')}</Button>
            <Button danger disabled={detail.closeRefusal !== null} onClick={() => setAsked('close')}>
              {t('catalogue.ui.close')}
            </Button>
            {detail.closeRefusal && (
              <small className="soft">
                {t(`refusal.${detail.closeRefusal}`, { count: detail.children.length, day: '' })}
              </small>
            )}
          </p>
        )}
      </section>
      <section className="cat-section">
        <h2>{t('catalogue.ui.deadlines')}</h2>
        <DeadlineGrid code={detail.code} name={nameOf(locale, newest)} deadlines={detail.deadlines} />
      </section>
      <Entries code={detail.code} />
      <Children detail={detail} />
      <Versions detail={detail} />
      {asked === 'edit' && <ClassDialog existing={{ code: detail.code, ...newest }} onClose={close} />}
      {asked === 'close' && <CloseClassDialog code={detail.code} name={nameOf(locale, newest)} onClose={close} />}
    </>
  );
}

/** Who leads matters of the class, by its own entries of the dispatch list. */
function Entries({ code }: { code: string }) {
  const { t, locale } = useTexts();
  const { data } = useInfiniteQuery(entryPages({ classCode: code }));
  const own = (data?.pages[0]?.items ?? []).filter((one) => one.class.code === code);
  return (
    <section className="cat-section">
      <h2>{t('catalogue.ui.entries')}</h2>
      {data && own.length === 0 && <p className="soft">{t('catalogue.ui.entries_none')}</p>}
      <ul className="cat-rows">
        {own.map((one) => (
          <li key={one.id}>
            <span>
              {one.number} · {t(`catalogue.level.${one.level}`)} · {bodyText(locale, one.lead)}
              <br />
              <small>{one.legalBasis}</small>
            </span>
            {one.sample && <span className="cat-mark sample">{t('catalogue.ui.list.is_sample')}</span>}
          </li>
        ))}
      </ul>
      <Link to="/dispatch-list" search={{ classCode: code }}>
        {t('catalogue.ui.entries_all')}
      </Link>
    </section>
  );
}

function Children({ detail }: { detail: ClassDetail }) {
  const { t, locale } = useTexts();
  if (detail.children.length === 0) return null;
  return (
    <section className="cat-section">
      <h2>{t('catalogue.ui.children')}</h2>
      <p>{detail.children.map((one) => `${one.code} ${nameOf(locale, one)}`).join('、')}</p>
    </section>
  );
}

function Versions({ detail }: { detail: ClassDetail }) {
  const { t, locale } = useTexts();
  return (
    <section className="cat-section">
      <h2>{t('catalogue.ui.history')}</h2>
      <ul className="cat-rows">
        {detail.versions.map((one) => (
          <li key={one.version}>
            <span>
              {t('catalogue.ui.version', { n: one.version })} · {nameOf(locale, one)}
              <br />
              <small>
                {periodText(t, one)} {one.note}
              </small>
            </span>
            <span className={`cat-mark ${one.state}`}>{t(`catalogue.ui.state.${one.state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
