import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Dropdown, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { createAccount, issueLink, listAccounts, resume, suspend } from '../../../platform/auth/contract.ts';
import { endSessionsOf, resetSecondFactors } from '../../../platform/auth/safety-contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { CopyButton } from '../../../platform/web/office/copy-button.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { ConfirmDialog, useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { exactTime } from '../../../platform/web/time.ts';
import { SessionsOf } from '../safety/sessions-of.tsx';
import { useSession } from '../session.ts';

type Account = z.input<typeof listAccounts.answer>['items'][number];
type Link = z.input<typeof issueLink.answer>;
type Kind = 'suspend' | 'resume' | 'link' | 'reset_factors' | 'sign_out' | 'sessions';
type Asked = { readonly kind: Kind; readonly account: Account };

/** Who may sign in. What they may do hangs on their posts, not on this list. */
export function AccountsScreen() {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [link, setLink] = useState<Link | null>(null);
  const makes = useMay('auth.manage_accounts');
  useTitle(t('office.nav.accounts'));
  const list = useInfiniteQuery({
    queryKey: ['auth', 'accounts'],
    queryFn: ({ pageParam, signal }) =>
      call(listAccounts, { query: { limit: 50, ...(pageParam === null ? {} : { after: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const renew = () => queries.invalidateQueries({ queryKey: ['auth', 'accounts'] });
  const columns = useColumns(setAsked);
  return (
    <div className="page">
      <h1>{t('office.nav.accounts')}</h1>
      <p className="soft">{t('office.accounts.about')}</p>
      <DataTable<Account>
        name="accounts"
        label={t('office.nav.accounts')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(account) => account.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        exportable={false}
        tools={
          makes && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('office.accounts.add')}
            </Button>
          )
        }
        empty={<EmptyState title={t('office.accounts.none')} />}
      />
      {adding && (
        <AddAccount
          onClose={() => setAdding(false)}
          onAdded={(made) => {
            setAdding(false);
            setLink(made);
            void renew();
          }}
        />
      )}
      {asked?.kind === 'sessions' && <SessionsOf account={asked.account} onClose={() => setAsked(null)} />}
      {asked && asked.kind !== 'sessions' && (
        <Ask kind={asked.kind} account={asked.account} onLink={setLink} onDone={renew} onClose={() => setAsked(null)} />
      )}
      {link && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </div>
  );
}

function useColumns(ask: (asked: Asked) => void): readonly Column<Account>[] {
  const { t } = useTexts();
  const session = useSession();
  // Two hands: one makes accounts, the other answers for their sessions and second factors.
  const [makes, secures] = [useMay('auth.manage_accounts'), useMay('auth.manage_safety')];
  return [
    { key: 'username', title: t('office.sign_in.username'), value: (one) => one.username, show: (one) => one.username },
    { key: 'name', title: t('office.accounts.name'), value: (one) => one.name, show: (one) => one.name },
    { key: 'mail', title: t('office.accounts.mail'), value: (one) => one.mail ?? '', show: (one) => one.mail ?? '—' },
    {
      key: 'state',
      title: t('office.accounts.state'),
      value: (one) => t(one.suspendedAt ? 'office.accounts.suspended' : 'office.accounts.active'),
      show: (one) => t(one.suspendedAt ? 'office.accounts.suspended' : 'office.accounts.active'),
    },
    {
      key: 'created',
      title: t('office.accounts.created'),
      value: (one) => exactTime(one.createdAt),
      show: (one) => <Moment at={one.createdAt} />,
    },
    {
      key: 'do',
      title: t('office.accounts.do'),
      show: (account) => (
        <span className="row-actions">
          {makes && (
            <>
              <Button size="small" onClick={() => ask({ kind: 'link', account })}>
                {t('office.accounts.link')}
              </Button>
              <Button
                size="small"
                disabled={account.id === session?.user.id}
                title={account.id === session?.user.id ? t('office.accounts.not_oneself') : undefined}
                onClick={() => ask({ kind: account.suspendedAt ? 'resume' : 'suspend', account })}
              >
                {t(account.suspendedAt ? 'office.accounts.resume' : 'office.accounts.suspend')}
              </Button>
            </>
          )}
          {secures && account.id !== session?.user.id && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: (['sessions', 'sign_out', 'reset_factors'] as const).map((kind) => ({
                  key: kind,
                  label: t(`office.accounts.${kind}`),
                  onClick: () => ask({ kind, account }),
                })),
              }}
            >
              <Button size="small" aria-label={`${t('office.accounts.more')} ${account.name}`}>
                {t('office.accounts.more')}
              </Button>
            </Dropdown>
          )}
        </span>
      ),
    },
  ];
}

type AddProps = { readonly onAdded: (link: Link) => void; readonly onClose: () => void };

function AddAccount({ onAdded, onClose }: AddProps) {
  const { t } = useTexts();
  const [form] = Form.useForm<{ username: string; name: string; mail?: string }>();
  const { running, error, run } = useRun(true);
  const add = (values: { username: string; name: string; mail?: string }) =>
    run(async () => {
      const { link } = await call(createAccount, { body: { ...values, mail: values.mail || null } });
      onAdded(link);
    });
  const required = { required: true, whitespace: true, message: t('office.sign_in.missing') };
  return (
    <Modal
      open
      title={t('office.accounts.add')}
      okText={t('office.accounts.add')}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running }}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Form form={form} layout="vertical" onFinish={(values) => void add(values)}>
        <Form.Item
          name="username"
          label={t('office.sign_in.username')}
          extra={t('office.accounts.username_rule')}
          rules={[required]}
        >
          <Input maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="name" label={t('office.accounts.name')} rules={[required]}>
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item name="mail" label={t('office.accounts.mail')}>
          <Input type="email" maxLength={200} autoComplete="off" />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}

type AskProps = {
  readonly kind: Exclude<Kind, 'sessions'>;
  readonly account: Account;
  readonly onLink: (link: Link) => void;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** Ends sign-in at once, gives it back, or makes earlier links worthless: asked first, naming the person. */
function Ask({ kind, account, onLink, onDone, onClose }: AskProps) {
  const { t } = useTexts();
  const params = { id: account.id };
  const act = async () => {
    if (kind === 'link') onLink(await call(issueLink, { params }));
    else if (kind === 'reset_factors') await call(resetSecondFactors, { params });
    else if (kind === 'sign_out') await call(endSessionsOf, { params });
    else await call(kind === 'suspend' ? suspend : resume, { params });
    onDone();
  };
  return (
    <ConfirmDialog
      open
      danger={kind !== 'resume' && kind !== 'link'}
      title={t(`office.accounts.${kind}_title`, { name: account.name })}
      confirm={t(`office.accounts.${kind}`)}
      onConfirm={act}
      onClose={onClose}
    >
      <p>{t(`office.accounts.${kind}_about`, { name: account.name, username: account.username })}</p>
    </ConfirmDialog>
  );
}

/** The one-time link, shown this once. */
function LinkDialog({ link, onClose }: { link: Link; onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Modal open title={t('office.accounts.link_made')} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Alert type="warning" title={t('office.accounts.link_once', { until: exactTime(link.expiresAt).slice(0, 16) })} />
      <p className="one-time-link">{link.url}</p>
      <CopyButton text={link.url} />
    </Modal>
  );
}
