import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { eraseByOrder } from '../contract.ts';
import { type ErasureRow, erasureList } from './queries.ts';

/** What was erased by which order, and erasing one case by an order. */
export function ErasuresPane() {
  const { t } = useTexts();
  const [erasing, setErasing] = useState(false);
  const list = useInfiniteQuery(erasureList);
  return (
    <>
      <p className="soft">{t('privacy.ui.erasures_about')}</p>
      <DataTable<ErasureRow>
        name="erasures"
        label={t('privacy.ui.tab.erasures')}
        tools={
          <Button danger onClick={() => setErasing(true)}>
            {t('privacy.ui.erase')}
          </Button>
        }
        columns={useColumns()}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        empty={<EmptyState title={t('privacy.ui.erasures_none')} hint={t('privacy.ui.erasures_none_hint')} />}
      />
      <EraseDialog open={erasing} onClose={() => setErasing(false)} />
    </>
  );
}

function useColumns(): readonly Column<ErasureRow>[] {
  const { t } = useTexts();
  const words = (key: string, show: (row: ErasureRow) => string): Column<ErasureRow> => ({
    key,
    title: t(`privacy.ui.${key}`),
    value: show,
    show,
  });
  return [
    { ...words('number', (row) => row.number), show: (row) => <span className="num">{row.number}</span> },
    words('erase_what', (row) => t(`privacy.ui.what.${row.what}`)),
    words('order', (row) => row.order),
    words('by', (row) => t(row.automatic ? 'privacy.ui.by.automatic' : 'privacy.ui.by.order')),
    { ...words('at', (row) => row.at), show: (row) => <Moment at={row.at} className="num" /> },
  ];
}

type Order = { readonly number: string; readonly what: ('identity' | 'content')[]; readonly order: string };

function EraseDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { running, error, run } = useRun(open);
  const [form] = Form.useForm<Order>();
  const submit = (body: Order) =>
    run(async () => {
      const { erased } = await call(eraseByOrder, { body });
      void message.success(t(erased.length > 0 ? 'privacy.ui.erased' : 'privacy.ui.erased_nothing'));
    }).then((done) => {
      if (!done) return;
      void queries.invalidateQueries({ queryKey: ['privacy'] });
      onClose();
    });
  const required = [{ required: true, message: t('privacy.ui.required') }];
  return (
    <Modal
      open={open}
      title={t('privacy.ui.erase_title')}
      okText={t('privacy.ui.erase_what')}
      cancelText={t('web.cancel')}
      okButtonProps={{ danger: true, loading: running }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <p>{t('privacy.ui.erase_warning')}</p>
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false} preserve={false}>
        <Form.Item name="number" label={t('privacy.ui.number')} rules={required}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="what" label={t('privacy.ui.erase_what')} rules={required}>
          <Checkbox.Group
            options={(['identity', 'content'] as const).map((value) => ({
              value,
              label: t(`privacy.ui.what.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="order" label={t('privacy.ui.order')} rules={required}>
          <Input maxLength={80} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
