import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { Progress } from '../../contract.ts';
import { Choice, Field, Tick } from '../pieces/field.tsx';
import { Face } from './face.tsx';

export type Solved = NonNullable<Progress['rating']>['solved'];
export type Satisfaction = NonNullable<Progress['rating']>['satisfaction'];

const SOLVED: readonly Solved[] = ['solved', 'partly', 'unsolved'];
const SATISFACTION: readonly Satisfaction[] = ['satisfied', 'basically', 'unsatisfied'];

/** What a requester says of the work: on his page, and by the link he was sent. `canReopen`: it has closed. */
export function useAsking(canReopen: boolean) {
  const { t } = useTexts();
  const [solved, setSolved] = useState<Solved | null>(null);
  const [satisfaction, setSatisfaction] = useState<Satisfaction | null>(null);
  const [reason, setReason] = useState('');
  const [again, setAgain] = useState(true);
  const [tried, setTried] = useState(false);
  const needsReason = solved === 'unsolved' || solved === 'partly';
  const offersReopening = needsReason && canReopen;
  const missing = {
    solved: solved === null ? t('open.rate.missing_solved') : undefined,
    satisfaction: solved !== null && satisfaction === null ? t('open.rate.missing_satisfaction') : undefined,
    reason: needsReason && reason.trim() === '' ? t('open.rate.reason_needed') : undefined,
  };
  const errors: Partial<typeof missing> = tried ? missing : {};
  const isWhole = solved !== null && satisfaction !== null && !missing.reason;
  const said = isWhole ? { solved, satisfaction, reason, reopen: offersReopening && again } : null;
  return {
    ...{ solved, setSolved, satisfaction, setSatisfaction, reason, setReason, again, setAgain },
    ...{ needsReason, offersReopening, errors },
    /** The whole answer, or null where something is missing, which then says so. */
    take: () => {
      setTried(true);
      return said;
    },
  };
}

type Props = { readonly asking: ReturnType<typeof useAsking>; readonly legendHidden?: boolean };

/** Three faces with words, how satisfied, and why where it is not solved. */
export function AskingFields({ asking, legendHidden = false }: Props) {
  const { t } = useTexts();
  const { solved, satisfaction, reason, errors } = asking;
  return (
    <>
      <Choice
        legend={t('open.rate.title')}
        legendHidden={legendHidden}
        look="tiles"
        value={solved}
        onChange={asking.setSolved}
        error={errors.solved}
        options={SOLVED.map((value) => ({
          value,
          label: (
            <>
              <Face mood={value} />
              {t(`open.rate.${value}`)}
            </>
          ),
        }))}
      />
      {solved !== null && (
        <>
          <Choice
            legend={t('open.rate.satisfaction')}
            look="tiles"
            value={satisfaction}
            onChange={asking.setSatisfaction}
            error={errors.satisfaction}
            options={SATISFACTION.map((value) => ({ value, label: t(`open.rate.${value}`) }))}
          />
          <Field
            label={t('open.rate.reason')}
            hint={t('open.rate.reason_hint')}
            optional={!asking.needsReason}
            error={errors.reason}
          >
            {(control) => (
              <textarea
                {...control}
                rows={3}
                maxLength={500}
                value={reason}
                onChange={(event) => asking.setReason(event.target.value)}
              />
            )}
          </Field>
          {asking.offersReopening && (
            <Tick
              label={t('open.rate.reopen')}
              hint={t('open.rate.reopen_hint')}
              checked={asking.again}
              onChange={asking.setAgain}
            />
          )}
        </>
      )}
    </>
  );
}
