import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../../platform/web/office/data-table.tsx';
import { ConfirmDialog } from '../../../../platform/web/office/dialogs.tsx';
import { useMay } from '../../../../platform/web/office/me.ts';
import { EmptyState } from '../../../../platform/web/office/states.tsx';
import { type AddressItem, deleteAddress } from '../../contract.ts';
import type { AreasSearch } from './search.ts';
import { addressPages, areasChanged } from './queries.ts';

/** Addresses below the grid, of the reader's own areas; found by the beginning of the estate's name. */
export function AddressesView({ search }: { search: AreasSearch }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const manages = useMay('areas.manage');
  const [gone, setGone] = useState<AddressItem | null>(null);
  const list = useInfiniteQuery(addressPages(search.code, search.estate));
  const columns = useColumns(manages ? setGone : null);
  const find = (estate: string) => {
    const { estate: _, ...rest } = search;
    void navigate({ to: '/areas', search: estate === '' ? rest : { ...rest, estate }, replace: true });
  };
  return (
    <>
      <p className="soft">{t('areas.ui.addresses_about')}</p>
      <DataTable<AddressItem>
        name="addresses"
        label={t('areas.ui.view.addresses')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(one) => one.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        empty={<EmptyState title={t('areas.ui.addresses_none')} hint={t('areas.ui.addresses_none_hint')} />}
        tools={
          <Input.Search
            className="areas-find"
            defaultValue={search.estate ?? ''}
            placeholder={t('areas.ui.estate_find')}
            aria-label={t('areas.ui.estate_find')}
            allowClear
            maxLength={40}
            onSearch={(words) => find(words.trim())}
          />
        }
      />
      {gone && <DeleteDialog address={gone} onClose={() => setGone(null)} />}
    </>
  );
}

function useColumns(remove: ((address: AddressItem) => void) | null): readonly Column<AddressItem>[] {
  const { t } = useTexts();
  const part = (key: 'estate' | 'building' | 'unit' | 'room'): Column<AddressItem> => ({
    key,
    title: t(`areas.ui.${key}`),
    value: (one) => one[key],
    show: (one) => one[key],
  });
  const columns: Column<AddressItem>[] = [
    part('estate'),
    part('building'),
    part('unit'),
    part('room'),
    {
      key: 'grid',
      title: t('areas.ui.grid'),
      value: (one) => one.grid.path,
      show: (one) => (
        <Link to="/areas" search={{ code: one.grid.code }}>
          {one.grid.path}
        </Link>
      ),
    },
  ];
  if (remove === null) return columns;
  const actions: Column<AddressItem> = {
    key: 'do',
    title: t('areas.ui.actions'),
    show: (one) => (
      <Button size="small" danger onClick={() => remove(one)}>
        {t('areas.ui.address_delete')}
      </Button>
    ),
  };
  return [...columns, actions];
}

function DeleteDialog({ address, onClose }: { address: AddressItem; onClose: () => void }) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const act = async () => {
    await call(deleteAddress, { params: { id: address.id } });
    await areasChanged(queries);
  };
  return (
    <ConfirmDialog
      open
      danger
      title={t('areas.ui.address_delete_title', { address: address.text })}
      confirm={t('areas.ui.address_delete')}
      onConfirm={act}
      onClose={onClose}
    >
      <p>{t('areas.ui.address_delete_about')}</p>
    </ConfirmDialog>
  );
}
