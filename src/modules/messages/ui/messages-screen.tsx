import { Tabs } from 'antd';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { Failures } from './failures.tsx';
import { messagesUiTexts } from './texts.ts';
import { WordingList } from './wording-list.tsx';

/** What did not go out, and how notices are worded; for administrators. */
export function MessagesScreen() {
  return (
    <MoreTexts texts={messagesUiTexts}>
      <Messages />
    </MoreTexts>
  );
}

function Messages() {
  const { t } = useTexts();
  useTitle(t('messages.ui.title'));
  return (
    <div className="page">
      <h1>{t('messages.ui.title')}</h1>
      <Tabs
        items={[
          { key: 'failures', label: t('messages.ui.failures'), children: <Failures /> },
          { key: 'wording', label: t('messages.ui.wording'), children: <WordingList /> },
        ]}
      />
    </div>
  );
}
