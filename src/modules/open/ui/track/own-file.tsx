import { useState } from 'react';
import { download } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { api } from '../endpoints.ts';
import { announce } from '../pieces/announce.tsx';
import { problemText } from '../pieces/problem.tsx';

/** The whole request as a file to keep or to show. */
export function OwnFile({ number, token }: { readonly number: string; readonly token: string }) {
  const texts = useTexts();
  const { t, locale } = texts;
  const [state, setState] = useState<'ready' | 'busy' | 'done'>('ready');
  const [problem, setProblem] = useState<string>();
  const take = async () => {
    if (state === 'busy') return;
    setState('busy');
    setProblem(undefined);
    try {
      await download(api.ownFile, `${number}.pdf`, { token, query: { locale } });
      setState('done');
      announce(t('open.case.file_done'));
    } catch (error) {
      setState('ready');
      setProblem(problemText(texts, error));
    }
  };
  return (
    <>
      <button type="button" className="button" aria-disabled={state === 'busy'} onClick={() => void take()}>
        {t(state === 'busy' ? 'open.case.file_making' : 'open.case.file')}
      </button>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
