import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../../platform/web/office/data-table.tsx';
import { ConfirmDialog } from '../../../../platform/web/office/dialogs.tsx';
import { useMay } from '../../../../platform/web/office/me.ts';
import { EmptyState } from '../../../../platform/web/office/states.tsx';
import { type AreaSetItem, closeSet, deleteSet } from '../../contract.ts';
import { areasChanged, setPages } from './queries.ts';
import { SetDialog } from './set-dialog.tsx';

type Asked = { readonly kind: 'edit' | 'end' | 'delete'; readonly set: AreaSetItem } | { readonly kind: 'add' };

/** Named sets of areas: clusters, parks, districts, scenic areas, watersheds, special grids. */
export function SetsView() {
  const { t } = useTexts();
  const manages = useMay('areas.manage');
  const [ended, setEnded] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const list = useInfiniteQuery(setPages(ended));
  const columns = useColumns(manages ? setAsked : null);
  return (
    <>
      <p className="soft">{t('areas.ui.sets_about')}</p>
      <DataTable<AreaSetItem>
        name="area-sets"
        label={t('areas.ui.view.sets')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(one) => one.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        empty={<EmptyState title={t('areas.ui.sets_none')} hint={t('areas.ui.sets_none_hint')} />}
        tools={
          <>
            {manages && (
              <Button type="primary" onClick={() => setAsked({ kind: 'add' })}>
                {t('areas.ui.set_add')}
              </Button>
            )}
            <Checkbox checked={ended} onChange={(event) => setEnded(event.target.checked)}>
              {t('areas.ui.with_ended')}
            </Checkbox>
          </>
        }
      />
      {(asked?.kind === 'add' || asked?.kind === 'edit') && (
        <SetDialog set={asked.kind === 'edit' ? asked.set : null} onClose={() => setAsked(null)} />
      )}
      {(asked?.kind === 'end' || asked?.kind === 'delete') && (
        <Ask kind={asked.kind} set={asked.set} onClose={() => setAsked(null)} />
      )}
    </>
  );
}

function useColumns(ask: ((asked: Asked) => void) | null): readonly Column<AreaSetItem>[] {
  const { t } = useTexts();
  const members = (one: AreaSetItem) => one.members.filter((member) => one.validTo !== null || member.validTo === null);
  const columns: Column<AreaSetItem>[] = [
    { key: 'name', title: t('areas.ui.name'), value: (one) => one.name, show: (one) => one.name },
    {
      key: 'kind',
      title: t('areas.ui.kind'),
      value: (one) => t(`areas.ui.set_kind.${one.kind}`),
      show: (one) => t(`areas.ui.set_kind.${one.kind}`),
    },
    {
      key: 'members',
      title: t('areas.ui.members'),
      value: (one) =>
        members(one)
          .map((member) => member.path)
          .join(' '),
      show: (one) => (
        <ul className="areas-members">
          {members(one).map((member) => (
            <li key={member.code + member.validFrom}>
              <Link to="/areas" search={{ code: member.code }}>
                {member.path}
              </Link>
            </li>
          ))}
        </ul>
      ),
    },
    { key: 'since', title: t('areas.ui.since'), value: (one) => one.validFrom, show: (one) => one.validFrom },
    { key: 'until', title: t('areas.ui.until'), value: (one) => one.validTo ?? '', show: (one) => one.validTo ?? '—' },
  ];
  if (ask === null) return columns;
  const button = (kind: 'edit' | 'end' | 'delete', set: AreaSetItem) => (
    <Button size="small" danger={kind === 'delete'} onClick={() => ask({ kind, set })}>
      {t(`areas.ui.set_${kind}`)}
    </Button>
  );
  const actions: Column<AreaSetItem> = {
    key: 'do',
    title: t('areas.ui.actions'),
    show: (one) => (
      <span className="row-actions">
        {one.validTo === null && button('edit', one)}
        {one.validTo === null && button('end', one)}
        {button('delete', one)}
      </span>
    ),
  };
  return [...columns, actions];
}

type AskProps = { readonly kind: 'end' | 'delete'; readonly set: AreaSetItem; readonly onClose: () => void };

function Ask({ kind, set, onClose }: AskProps) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const act = async () => {
    const params = { id: set.id };
    if (kind === 'end') await call(closeSet, { params, body: { version: set.version } });
    else await call(deleteSet, { params });
    await areasChanged(queries);
  };
  return (
    <ConfirmDialog
      open
      danger
      title={t(`areas.ui.set_${kind}_title`, { name: set.name })}
      confirm={t(`areas.ui.set_${kind}`)}
      onConfirm={act}
      onClose={onClose}
    >
      <p>{t(`areas.ui.set_${kind}_about`)}</p>
    </ConfirmDialog>
  );
}
