import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { changePerson, type listPeople } from '../contract.ts';
import { organisationsChanged, peoplePages } from './queries.ts';

type Person = z.output<typeof listPeople.answer>['items'][number];

/** Officers by name: how many posts each holds, and the number colleagues and residents are given. */
export function PeopleTable() {
  const { t } = useTexts();
  const [words, setWords] = useState('');
  const [editing, setEditing] = useState<Person | null>(null);
  const list = useInfiniteQuery(peoplePages(words));
  const columns: readonly Column<Person>[] = [
    { key: 'name', title: t('organisations.ui.person'), value: (one) => one.name, show: (one) => one.name },
    {
      key: 'nameEn',
      title: t('organisations.ui.name_en'),
      value: (one) => one.nameEn,
      show: (one) => one.nameEn || '—',
    },
    {
      key: 'phone',
      title: t('organisations.ui.phone'),
      value: (one) => one.phone ?? '',
      show: (one) => one.phone ?? '—',
    },
    { key: 'posts', title: t('organisations.ui.people_posts'), value: (one) => one.posts, show: (one) => one.posts },
    {
      key: 'do',
      title: t('organisations.ui.do'),
      show: (one) => (
        <Button size="small" onClick={() => setEditing(one)}>
          {t('organisations.ui.people_edit')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable<Person>
        name="people"
        label={t('organisations.ui.tab.people')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(one) => one.userId}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        exportable={false}
        tools={
          <Input.Search
            placeholder={t('organisations.ui.person_search')}
            aria-label={t('organisations.ui.person_search')}
            maxLength={50}
            style={{ inlineSize: 240 }}
            onSearch={(typed) => setWords(typed.trim())}
          />
        }
        empty={<EmptyState title={t('organisations.ui.people_empty')} hint={t('organisations.ui.person_none')} />}
      />
      {editing && <PersonDialog person={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

type Values = { readonly name: string; readonly nameEn?: string; readonly phone?: string };

function PersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const submit = ({ name, nameEn, phone }: Values) =>
    run(async () => {
      await call(changePerson, {
        params: { userId: person.userId },
        body: { name, nameEn: nameEn ?? null, phone: phone ?? null },
      });
      void message.success(t('organisations.ui.saved'));
      void organisationsChanged(queries);
      onClose();
    });
  const label = t('organisations.ui.person');
  return (
    <Modal
      open
      title={t('organisations.ui.people_edit')}
      okText={t('web.save')}
      okButtonProps={{ loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ name: person.name, nameEn: person.nameEn, phone: person.phone ?? '' }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="name"
          label={label}
          rules={[{ required: true, message: t('organisations.ui.required', { field: label }) }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('organisations.ui.name_en')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="phone" label={t('organisations.ui.phone')} extra={t('organisations.ui.people_phone_hint')}>
          <Input type="tel" maxLength={30} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} fields={{ phone: t('organisations.ui.phone'), name: label }} />
    </Modal>
  );
}
