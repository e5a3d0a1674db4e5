import './answers.css';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useId, useState } from 'react';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { AnswerHelpProps } from '../../cases/ui/index.ts';
import { answersTexts } from '../texts.ts';
import { type Offered, offeredTemplates } from './queries.ts';
import { answersUiTexts } from './texts.ts';

/** A choice of templates above the field of an answer. What is written already is never replaced unasked. */
export function TemplateHelp(props: AnswerHelpProps) {
  return (
    <MoreTexts texts={answersUiTexts}>
      <MoreTexts texts={answersTexts}>
        <Help {...props} />
      </MoreTexts>
    </MoreTexts>
  );
}

function Help({ caseId, step, text, onText }: AnswerHelpProps) {
  const { t, locale } = useTexts();
  const id = useId();
  const may = useMay('answers.use');
  const { data } = useQuery({ ...offeredTemplates(caseId, step), enabled: may });
  const [chosen, setChosen] = useState<Offered | null>(null);
  /** The words the last template put in; as long as they stand untouched another may take their place. */
  const [put, setPut] = useState('');
  if (!data || data.length === 0) return null;
  const untouched = text.trim() === '' || text === put;
  const use = (one: Offered) => {
    setPut(one.text[locale]);
    onText(one.text[locale]);
  };
  const choose = (value: string) => {
    const one = data.find((each) => each.id === value) ?? null;
    setChosen(one);
    if (one && untouched) use(one);
  };
  const waiting = chosen !== null && text !== chosen.text[locale] && put !== chosen.text[locale];
  return (
    <div className="answer-help">
      <label htmlFor={id}>{t('answers.ui.choose')}</label>
      <Select
        id={id}
        className="full"
        style={{ inlineSize: '100%' }}
        placeholder={t('answers.ui.choose_hint')}
        value={chosen?.id ?? null}
        onChange={choose}
        options={data.map((one) => ({ value: one.id, label: one.name[locale] }))}
      />
      {waiting && !untouched && (
        <p role="status">
          {t('answers.ui.replace')}{' '}
          <Button size="small" onClick={() => use(chosen)}>
            {t('answers.ui.replace_do')}
          </Button>
        </p>
      )}
      {chosen !== null && !waiting && chosen.missing.length > 0 && (
        <p role="status" className="soft small">
          {t('answers.ui.missing', {
            fields: chosen.missing.map((field) => t(`answers.field.${field}`)).join(locale === 'en' ? ', ' : '、'),
          })}
        </p>
      )}
    </div>
  );
}
