import { useQuery } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useRun } from '../../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import { officeShort } from '../parts/names.ts';
import { type CaseDetail, suggestionsFor } from '../queries.ts';
import { Deadline, SuggestionReason } from './suggestion.tsx';
import { useStep } from './take-step.ts';

type Props = {
  readonly view: CaseDetail;
  readonly onChoose: (initial: Readonly<Record<string, unknown>>) => void;
};

/**
 * The suggested office as the one big button, with the reason in one sentence and the deadline it would get. The
 * machine proposes; pressing the button is the person's signature.
 */
export function DispatchShortcut({ view, onChoose }: Props) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const { data, isPending, error, refetch } = useQuery(suggestionsFor(view.id, view.version));
  const { running, error: refused, run } = useRun(true);
  const takeStep = useStep(view, 'dispatch');
  const first = data?.suggestions[0];
  const go = async () => {
    if (first === undefined) return;
    const assistIds = first.assists.map((one) => one.id);
    if (await run(() => takeStep({ leadId: first.organisation.id, assistIds }))) {
      message.success(t('cases.ui.dispatched_to', { office: officeShort(locale, first.organisation) }));
    }
  };
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  return (
    <>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {first ? (
        <>
          <Button block className="act" type="primary" loading={running} onClick={() => void go()}>
            {t('cases.ui.dispatch_to', { office: officeShort(locale, first.organisation) })}
          </Button>
          <p className="why">
            <SuggestionReason suggestion={first} /> {data.deadline && <Deadline clock={data.deadline} />}
          </p>
        </>
      ) : (
        data && <p className="why">{t('cases.ui.no_suggestion')}</p>
      )}
      <ErrorNotice error={refused} />
      <Button block className="act" type={first ? 'default' : 'primary'} onClick={() => onChoose({})}>
        {t(first ? 'cases.ui.dispatch_other' : 'cases.action.dispatch')}…
      </Button>
    </>
  );
}
