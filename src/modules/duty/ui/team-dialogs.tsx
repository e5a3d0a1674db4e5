import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import { Suspense, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { AreaField } from '../../cases/ui/index.ts';
import { listPosts } from '../../organisations/contract.ts';
import { addMember, addTeam, type listTeams } from '../contract.ts';
import { officeName, type TeamView } from './queries.ts';

type Kinds = z.output<typeof listTeams.answer>['kinds'];

/** A new team of a town or the county. */
export function AddTeam({ kinds }: { readonly kinds: Kinds }) {
  const { t, locale } = useTexts();
  const may = useMay('duty.manage');
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{t('duty.ui.add_team')}</Button>
      {open && (
        <FormDialog
          title={t('duty.ui.add_team')}
          confirm={t('duty.ui.add_team')}
          onSend={async (values) => {
            await call(addTeam, { body: values as never });
            await queries.invalidateQueries({ queryKey: ['duty'] });
          }}
          onClose={() => setOpen(false)}
        >
          <WordsItem name="name" label={t('duty.ui.team_name')} most={40} rows={1} />
          <Form.Item
            name="kind"
            label={t('duty.ui.team_kind')}
            rules={[{ required: true, message: t('web.form.choose', { field: t('duty.ui.team_kind') }) }]}
          >
            <Select
              options={kinds.map((one) => ({ value: one.kind, label: locale === 'en' ? one.nameEn : one.nameZh }))}
            />
          </Form.Item>
          <Suspense fallback={null}>
            <AreaField name="areaCode" label={t('duty.ui.field.area')} />
          </Suspense>
        </FormDialog>
      )}
    </div>
  );
}

/** The holder of a post joins the team; found by his name. */
export function AddMember({ team }: { readonly team: TeamView }) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('duty.ui.add_member')}</Button>
      {open && (
        <FormDialog
          title={`${t('duty.ui.add_member')} · ${team.name}`}
          confirm={t('duty.ui.add_member')}
          onSend={async ({ postId }) => {
            await call(addMember, { params: { id: team.id }, body: { postId: String(postId) } });
            await queries.invalidateQueries({ queryKey: ['duty'] });
          }}
          onClose={() => setOpen(false)}
        >
          <PostField />
        </FormDialog>
      )}
    </>
  );
}

function PostField() {
  const { t, locale } = useTexts();
  const [words, setWords] = useState('');
  const found = useQuery({
    queryKey: ['duty', 'posts', words],
    queryFn: ({ signal }) => call(listPosts, { query: { limit: 20, ...(words ? { q: words } : {}) }, signal }),
    placeholderData: keepPreviousData,
  });
  const label = t('duty.ui.member_post');
  return (
    <Form.Item
      name="postId"
      label={label}
      rules={[{ required: true, message: t('web.form.choose', { field: label }) }]}
    >
      <Select
        showSearch={{ filterOption: false, onSearch: setWords }}
        loading={found.isFetching}
        options={(found.data?.items ?? []).map((post) => ({
          value: post.id,
          label: `${post.person.name} · ${officeName(locale, post.organisation)}`,
        }))}
      />
    </Form.Item>
  );
}
