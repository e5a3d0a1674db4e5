import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import { exactTime } from '../../../platform/web/time.ts';
import { addNotice, type NoticeParts } from '../contract.ts';
import { noticeList } from './queries.ts';

type Language = 'zh-CN' | 'en';
type Parts = Readonly<Record<Language, NoticeParts>>;
const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];

/** The notice as people read it, its versions, and a new one. */
export function NoticePane() {
  const { t, locale } = useTexts();
  const list = useQuery(noticeList);
  const [language, setLanguage] = useState<Language>(locale);
  const [editing, setEditing] = useState(false);
  const [current] = list.data ?? [];
  if (list.isPending) return <PageSkeleton />;
  return (
    <>
      <p className="soft">{t('privacy.ui.notice_about')}</p>
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      <div className="data-tools">
        <Segmented<Language>
          value={language}
          onChange={setLanguage}
          options={LANGUAGES.map((value) => ({ value, label: t(`privacy.ui.notice_language.${value}`) }))}
        />
        <span className="spacer" />
        {!editing && <Button onClick={() => setEditing(true)}>{t('privacy.ui.notice_edit')}</Button>}
      </div>
      {current && editing && <Editor parts={current.parts} language={language} onDone={() => setEditing(false)} />}
      {!editing &&
        list.data?.map((notice, index) => (
          <details key={notice.version} open={index === 0} className="card">
            <summary>
              {t('privacy.ui.notice_version', { version: notice.version, since: exactTime(notice.validFrom) })}
            </summary>
            {notice.parts[language].map((part) => (
              <section key={part.key}>
                <h3>{part.heading}</h3>
                {part.paragraphs.map((paragraph) => (
                  <p key={paragraph}>{paragraph}</p>
                ))}
              </section>
            ))}
          </details>
        ))}
    </>
  );
}

type EditorProps = { readonly parts: Parts; readonly language: Language; readonly onDone: () => void };

/** Both languages are edited before one press publishes both. */
function Editor({ parts, language, onDone }: EditorProps) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { running, error, run } = useRun(true);
  const [draft, setDraft] = useState<Parts>(parts);
  const write = (key: string, text: string) => {
    const paragraphs = text.split('\n');
    const edited = draft[language].map((part) => (part.key === key ? { ...part, paragraphs } : part));
    setDraft({ ...draft, [language]: edited });
  };
  const publish = () =>
    run(async () => {
      const { version } = await call(addNotice, {
        body: { parts: { 'zh-CN': filled(draft['zh-CN']), en: filled(draft.en) } },
      });
      void message.success(t('privacy.ui.notice_published', { version }));
    }).then((done) => {
      if (!done) return;
      void queries.invalidateQueries({ queryKey: noticeList.queryKey });
      onDone();
    });
  return (
    <Form layout="vertical" onFinish={() => void publish()}>
      {draft[language].map((part) => (
        <Form.Item
          key={`${language} ${part.key}`}
          label={t('privacy.ui.notice_paragraphs', { heading: part.heading })}
          htmlFor={`${language}-${part.key}`}
        >
          <Input.TextArea
            id={`${language}-${part.key}`}
            value={part.paragraphs.join('\n')}
            autoSize={{ minRows: 2, maxRows: 12 }}
            onChange={(event) => write(part.key, event.target.value)}
          />
        </Form.Item>
      ))}
      <ErrorNotice error={error} />
      <div className="data-tools">
        <Button onClick={onDone}>{t('web.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={running}>
          {t('privacy.ui.notice_publish')}
        </Button>
      </div>
    </Form>
  );
}

/** Empty lines are no paragraphs. */
function filled(parts: NoticeParts) {
  return parts.map((part) => ({ ...part, paragraphs: part.paragraphs.map((one) => one.trim()).filter(Boolean) }));
}
