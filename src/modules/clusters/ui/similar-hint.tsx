import './clusters.css';
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useId, useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useSubmissionKey } from '../../../platform/web/keys.ts';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { FilingHintProps } from '../../cases/ui/index.ts';
import { followCase, similarToText } from '../contract.ts';
import { SimilarWords } from './similar-row.tsx';
import { clusterUiTexts } from './texts.ts';

const PAUSE_MS = 700;
const LEAST = 6;
const MOST = 3;

/** Likely duplicates while a request is written down; the caller may join one of them instead. */
export function SimilarHint(props: FilingHintProps) {
  return (
    <MoreTexts texts={clusterUiTexts}>
      <Similar {...props} />
    </MoreTexts>
  );
}

function Similar(props: FilingHintProps) {
  const { t } = useTexts();
  const id = useId();
  const joins = useMay('cases.merge');
  const { classCode, areaCode, point } = props;
  const text = useSettled(`${props.title} ${props.body} ${props.placeText ?? ''}`.trim());
  const { data } = useQuery({
    queryKey: ['clusters', 'similar', text, classCode, areaCode, point],
    queryFn: ({ signal }) =>
      call(similarToText, { body: { text: text.slice(0, 2000), classCode, areaCode, point }, signal }),
    enabled: text.length >= LEAST,
    staleTime: 60_000,
  });
  const items = data?.items.slice(0, MOST) ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{t('clusters.ui.similar')}</h2>
      <p className="soft" role="status">
        {t('clusters.ui.similar_about')}
      </p>
      <ul className="similar-rows">
        {items.map((one) => (
          <li key={one.id} className="similar-row">
            <SimilarWords one={one}>{joins && <Follow id={one.id} number={one.number} filing={props} />}</SimilarWords>
          </li>
        ))}
      </ul>
    </section>
  );
}

type FollowProps = { readonly id: string; readonly number: string; readonly filing: FilingHintProps };

function Follow({ id, number, filing }: FollowProps) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const { running, error, run } = useRun(true);
  const keyFor = useSubmissionKey();
  const { title, body, channel, requester, anonymous, placeText, onFiled } = filing;
  const follow = async () => {
    const input = { title, body, channel, requester, anonymous, placeText };
    await run(async () => {
      const receipt = await call(followCase, {
        params: { id },
        body: input,
        idempotencyKey: keyFor({ ...input, id }),
      });
      message.success(t('clusters.ui.following', { number }));
      onFiled(receipt);
    });
  };
  if (title.trim().length < 2 || body.trim().length < 4)
    return <span className="soft">{t('clusters.ui.follow_needs')}</span>;
  return (
    <>
      <Button loading={running} onClick={() => void follow()}>
        {t('clusters.ui.follow')}
      </Button>
      <ErrorNotice error={error} />
    </>
  );
}

/** The value once it has not changed for a while. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
