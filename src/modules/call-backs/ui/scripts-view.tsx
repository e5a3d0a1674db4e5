import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useNow } from '../../../platform/web/clock.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { RowSkeletons } from '../../../platform/web/office/states.tsx';
import { numberText, whenText } from '../../../platform/web/time.ts';
import { setScript } from '../contract.ts';
import { type ScriptRow, scriptList } from './queries.ts';

/** What callers read out, class by class; administrators put another in its place. */
export function ScriptsView() {
  const { t, locale } = useTexts();
  const now = useNow();
  const may = useMay('call-backs.manage');
  const [editing, setEditing] = useState<ScriptRow | 'new' | null>(null);
  const found = useQuery(scriptList);
  const general = found.data?.find((row) => row.classCode === '*');
  if (found.isPending) return <RowSkeletons />;
  return (
    <>
      <p className="soft">{t('call-backs.ui.scripts.about')}</p>
      <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
      {may && (
        <Button onClick={() => setEditing('new')} className="act">
          {t('call-backs.ui.scripts.add')}
        </Button>
      )}
      {found.data?.map((row) => (
        <section key={row.classCode} className="card call-script" aria-label={nameOf(row)}>
          <h2>{nameOf(row)}</h2>
          <p className="soft small">
            {row.since === null
              ? t('call-backs.ui.scripts.shipped')
              : t('call-backs.ui.scripts.since', { when: whenText(t, locale, row.since, now) })}
            {' · '}
            {t('call-backs.ui.scripts.questions', { n: numberText(locale, row.script.questions.length) })}
          </p>
          <p>{locale === 'en' ? row.script.openingEn : row.script.openingZh}</p>
          <ul>
            {row.script.questions.map((question) => (
              <li key={question.id}>
                {locale === 'en' ? question.en : question.zh}{' '}
                <span className="soft">
                  {question.options.map((option) => (locale === 'en' ? option.en : option.zh)).join(' / ')}
                </span>
              </li>
            ))}
          </ul>
          <p>{locale === 'en' ? row.script.closingEn : row.script.closingZh}</p>
          {may && <Button onClick={() => setEditing(row)}>{t('call-backs.ui.scripts.edit')}</Button>}
        </section>
      ))}
      {editing !== null && general && (
        <ScriptDialog
          row={editing === 'new' ? { ...general, classCode: '' } : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );

  function nameOf(row: ScriptRow): string {
    if (row.class === null) return t('call-backs.ui.scripts.general');
    return `${row.classCode} ${locale === 'en' ? row.class.nameEn : row.class.nameZh}`;
  }
}

type Words = { classCode: string; openingZh: string; openingEn: string; closingZh: string; closingEn: string };

function ScriptDialog({ row, onClose }: { readonly row: ScriptRow; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Words>();
  const { running, error, run } = useRun(true);
  const submit = ({ classCode, ...words }: Words) =>
    run(async () => {
      await call(setScript, { body: { classCode, script: { ...words, questions: row.script.questions } } });
      await queries.invalidateQueries({ queryKey: ['call-backs'] });
      message.success(t('call-backs.ui.scripts.saved'));
      onClose();
    });
  const area = (name: keyof Words, key: string, max: number) => (
    <Form.Item
      name={name}
      label={t(`call-backs.ui.scripts.${key}`)}
      rules={[{ required: true, whitespace: true, min: 2, message: t('call-backs.ui.fill') }]}
    >
      <Input.TextArea maxLength={max} autoSize={{ minRows: 2, maxRows: 8 }} />
    </Form.Item>
  );
  return (
    <Modal
      open
      title={t('call-backs.ui.tab.scripts')}
      okText={t('call-backs.ui.scripts.save')}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ classCode: row.classCode, ...row.script }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="classCode"
          label={t('call-backs.ui.scripts.class')}
          extra={t('call-backs.ui.scripts.class_hint')}
          rules={[{ required: true, message: t('call-backs.ui.fill') }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        {area('openingZh', 'opening_zh', 500)}
        {area('openingEn', 'opening_en', 800)}
        {area('closingZh', 'closing_zh', 300)}
        {area('closingEn', 'closing_en', 500)}
        <p className="soft small">
          {t('call-backs.ui.scripts.fields')} {t('call-backs.ui.scripts.questions_kept')}
        </p>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
