import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { matchPublicClasses } from '../../../catalogue/contract.ts';
import { className } from '../parts/names.ts';

type Props = { readonly words: string; readonly chosen: string | undefined; readonly onChoose: (code: string) => void };

/** Classes that the words point to, with those words; a person chooses. */
export function ClassHints({ words, chosen, onChoose }: Props) {
  const { t, locale } = useTexts();
  const text = words.trim();
  const { data } = useQuery({
    queryKey: ['catalogue', 'matches', text],
    queryFn: ({ signal }) => call(matchPublicClasses, { body: { text: text.slice(0, 2000) }, signal }),
    enabled: text.length >= 4,
    staleTime: 60_000,
  });
  const hints = (data?.items ?? []).filter((one) => one.code !== chosen).slice(0, 3);
  if (hints.length === 0) return null;
  return (
    <p className="class-hints">
      <span className="soft">{t('cases.ui.new.class_suggested')}</span>
      {hints.map((one) => (
        <Button key={one.code} size="small" onClick={() => onChoose(one.code)}>
          {className(locale, one)}
          <small>
            {one.words.slice(0, 3).map((word) => `“${word}”`)}
            {one.confidence !== null && ` ${t('cases.ui.new.class_share', { n: Math.round(one.confidence * 100) })}`}
          </small>
        </Button>
      ))}
    </p>
  );
}
