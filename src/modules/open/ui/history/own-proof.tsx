import { useState } from 'react';
import { Link } from 'wouter';
import { call } from '../../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { historyTexts } from '../../texts/history.ts';
import { api } from '../endpoints.ts';
import { Fold } from '../pieces/fold.tsx';
import { FormProblem, problemText } from '../pieces/problem.tsx';
import { saveAs } from '../../../../platform/web/save.ts';

type Props = { readonly number: string; readonly token: string };

/** On the requester's own case: the proof that it stands in the signed history. */
export function OwnProof(props: Props) {
  return (
    <MoreTexts texts={historyTexts}>
      <Proof {...props} />
    </MoreTexts>
  );
}

function Proof({ number, token }: Props) {
  const texts = useTexts();
  const { t } = texts;
  const [problem, setProblem] = useState<unknown>();
  const download = async () => {
    setProblem(undefined);
    try {
      const proof = await call(api.ownProof, { token });
      saveAs(`proof-${number}.json`, `${JSON.stringify(proof, null, 2)}\n`);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Fold title={t('open.history.proof')}>
      <p>{t('open.history.proof_hint')}</p>
      <button type="button" className="button" onClick={() => void download()}>
        {t('open.history.download')}
      </button>{' '}
      <Link href="/history">{t('open.history.about')}</Link>
      {problem !== undefined && <FormProblem text={problemText(texts, problem)} />}
    </Fold>
  );
}
