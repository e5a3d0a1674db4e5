import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { useNow } from '../../../platform/web/clock.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ConfirmDialog, useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { ChoiceItem, FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';
import { RowSkeletons } from '../../../platform/web/office/states.tsx';
import { whenText } from '../../../platform/web/time.ts';
import {
  ANSWER_STEPS,
  type AnswerStep,
  addTemplate,
  changeTemplate,
  endTemplate,
  FIELDS,
  previewTemplate,
} from '../contract.ts';
import { type Template, templateVersions } from './queries.ts';

type Body = z.input<NonNullable<typeof addTemplate.body>>;

/** Adds a template, or puts a new version of one in place. */
export function TemplateDialog({ of, step, onClose }: { of?: Template; step: AnswerStep; onClose: () => void }) {
  const { t, locale } = useTexts();
  const queries = useQueryClient();
  const initial = of
    ? { classCode: of.classCode, step: of.step, name: of.name, words: of.words }
    : { classCode: '*', step };
  const send = async (values: Record<string, unknown>) => {
    // Fields are named as the contract names them, and the server looks at every one again.
    const body = values as unknown as Body;
    if (of) await call(changeTemplate, { params: { id: of.id }, body: { ...body, version: of.version } });
    else await call(addTemplate, { body });
    await queries.invalidateQueries({ queryKey: ['answers'] });
  };
  const fields = t('answers.ui.fields', { fields: FIELDS.map((field) => `{${field}}`).join(' ') });
  return (
    <FormDialog
      title={of ? t('answers.ui.change_title', { name: of.name[locale] }) : t('answers.ui.add')}
      confirm={of ? t('answers.ui.save') : t('answers.ui.add')}
      wide
      initial={initial}
      onSend={send}
      onClose={onClose}
    >
      <ChoiceItem
        name="step"
        label={t('answers.ui.step')}
        options={ANSWER_STEPS.map((value) => ({ value, label: t(`answers.ui.step.${value}`) }))}
      />
      <Form.Item
        name="classCode"
        label={t('answers.ui.class')}
        extra={t('answers.ui.class_hint')}
        rules={[{ required: true, pattern: /^(\*|\d{2,8})$/, message: t('answers.ui.class_rule') }]}
      >
        <Input maxLength={8} className="num" />
      </Form.Item>
      <WordsItem name={['name', 'zh-CN']} label={t('answers.ui.name_zh')} most={40} rows={1} />
      <WordsItem name={['words', 'zh-CN']} label={t('answers.ui.words_zh')} most={1000} rows={4} hint={fields} />
      <WordsItem name={['name', 'en']} label={t('answers.ui.name_en')} most={80} rows={1} />
      <WordsItem name={['words', 'en']} label={t('answers.ui.words_en')} most={2000} rows={4} hint={fields} />
    </FormDialog>
  );
}

export function EndDialog({ of, onClose }: { of: Template; onClose: () => void }) {
  const { t, locale } = useTexts();
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      open
      danger
      title={t('answers.ui.end_title', { name: of.name[locale] })}
      confirm={t('answers.ui.end')}
      onConfirm={async () => {
        await call(endTemplate, { params: { id: of.id }, body: { version: of.version } });
        await queries.invalidateQueries({ queryKey: ['answers'] });
      }}
      onClose={onClose}
    >
      <p>{t('answers.ui.end_about')}</p>
    </ConfirmDialog>
  );
}

export function VersionsDialog({ of, onClose }: { of: Template; onClose: () => void }) {
  const { t, locale } = useTexts();
  const now = useNow();
  const found = useQuery(templateVersions(of.id));
  return (
    <Modal
      open
      title={t('answers.ui.versions_title', { name: of.name[locale] })}
      width={760}
      footer={<Button onClick={onClose}>{t('web.close')}</Button>}
      onCancel={onClose}
    >
      {found.isPending && <RowSkeletons />}
      <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
      <ol className="answer-versions">
        {found.data?.map((one) => (
          <li key={one.version}>
            <b>{t('answers.ui.version', { n: one.version })}</b>{' '}
            <span className="soft">
              {one.since === null
                ? t('answers.ui.shipped')
                : t('answers.ui.since', { when: whenText(t, locale, one.since, now) })}
              {one.ended && ` · ${t('answers.ui.ended')}`}
            </span>
            <p className="answer-words">{one.words[locale]}</p>
          </li>
        ))}
      </ol>
    </Modal>
  );
}

type Previewed = z.input<typeof previewTemplate.answer>;

/** The words filled in: from an invented case at first, or from a real one that the reader sees. */
export function PreviewDialog({ of, onClose }: { of: Template; onClose: () => void }) {
  const { t, locale } = useTexts();
  const [number, setNumber] = useState('');
  const [shown, setShown] = useState<Previewed | null>(null);
  const { running, error, run } = useRun(true);
  const preview = () =>
    run(async () =>
      setShown(await call(previewTemplate, { body: { words: of.words, number: number.trim() || null } })),
    );
  return (
    <Modal
      open
      title={t('answers.ui.preview_title', { name: of.name[locale] })}
      footer={<Button onClick={onClose}>{t('web.close')}</Button>}
      onCancel={onClose}
    >
      <Form layout="vertical" onFinish={() => void preview()}>
        <Form.Item label={t('answers.ui.preview_number')} htmlFor="preview-number">
          <Input
            id="preview-number"
            className="num"
            maxLength={40}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={running}>
          {t('answers.ui.preview_do')}
        </Button>
      </Form>
      <ErrorNotice error={error} />
      {shown && (
        <div role="status" className="answer-preview">
          <p className="answer-words">{shown.text['zh-CN']}</p>
          <p className="answer-words" lang="en">
            {shown.text.en}
          </p>
        </div>
      )}
    </Modal>
  );
}
