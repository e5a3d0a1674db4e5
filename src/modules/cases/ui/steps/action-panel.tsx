import { App, Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useRun } from '../../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import type { OfficeAction } from '../../steps-contract.ts';
import { humanDetails } from '../parts/human-details.ts';
import type { CaseDetail } from '../queries.ts';
import { DispatchShortcut } from './dispatch-shortcut.tsx';
import { orderedActions, reasonsAgainst } from './order.ts';
import { StepDialog } from './step-dialog.tsx';
import { useStep } from './take-step.ts';

/** Steps without anything to fill in are taken by the button itself. */
const AT_ONCE = ['accept', 'take_up', 'start', 'begin_verification'] as const;
type AtOnce = (typeof AT_ONCE)[number];

function isAtOnce(action: OfficeAction): action is AtOnce {
  return AT_ONCE.includes(action as AtOnce);
}

type Chosen = { readonly action: OfficeAction; readonly initial?: Readonly<Record<string, unknown>> };

/** What can be done now, likeliest first; below it what cannot, and why. */
export function ActionPanel({ view }: { view: CaseDetail }) {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { main, others, small } = orderedActions(view.actions);
  const choose = (action: OfficeAction, initial?: Readonly<Record<string, unknown>>) =>
    setChosen(initial ? { action, initial } : { action });
  return (
    <section className="card actions" aria-labelledby="actions-title">
      <h2 id="actions-title">{t('cases.ui.can_do')}</h2>
      {main === null && others.length === 0 && <p className="soft">{t('cases.ui.nothing_to_do')}</p>}
      {main === 'dispatch' ? (
        <DispatchShortcut view={view} onChoose={(initial) => choose('dispatch', initial)} />
      ) : (
        main && <ActionButton view={view} action={main} main onChoose={choose} />
      )}
      {others.map((action) => (
        <ActionButton key={action} view={view} action={action} onChoose={choose} />
      ))}
      {small.length > 0 && (
        <div className="small-actions">
          {small.map((action) => (
            <Button key={action} size="small" onClick={() => choose(action)}>
              {t(`cases.action.${action}`)}
            </Button>
          ))}
        </div>
      )}
      <WhyNot view={view} />
      {chosen && <StepDialog view={view} {...chosen} onClose={() => setChosen(null)} />}
    </section>
  );
}

type ButtonProps = {
  readonly view: CaseDetail;
  readonly action: OfficeAction;
  readonly main?: boolean;
  readonly onChoose: (action: OfficeAction) => void;
};

function ActionButton({ view, action, main = false, onChoose }: ButtonProps) {
  const { t } = useTexts();
  if (isAtOnce(action)) return <AtOnceButton view={view} action={action} main={main} />;
  return (
    <Button block className="act" type={main ? 'primary' : 'default'} onClick={() => onChoose(action)}>
      {t(`cases.action.${action}`)}…
    </Button>
  );
}

function AtOnceButton({ view, action, main }: { view: CaseDetail; action: AtOnce; main: boolean }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const { running, error, run } = useRun(true);
  const takeStep = useStep(view, action);
  const go = async () => {
    if (await run(() => takeStep({})))
      message.success(t('cases.ui.step_done', { action: t(`cases.action.${action}`) }));
  };
  return (
    <>
      <Button block className="act" type={main ? 'primary' : 'default'} loading={running} onClick={() => void go()}>
        {t(`cases.action.${action}`)}
      </Button>
      <ErrorNotice error={error} />
    </>
  );
}

/** 不能做：核实、回访（还没有办理结果）. One line a reason. */
function WhyNot({ view }: { view: CaseDetail }) {
  const { t, has } = useTexts();
  const reasons = reasonsAgainst(view.actions);
  if (reasons.length === 0) return null;
  return (
    <details className="why-not">
      <summary>{t('cases.ui.cannot_do')}</summary>
      <ul>
        {reasons.map(({ code, details, actions }) => (
          <li key={code + actions.join()}>
            <b>{actions.map((action) => t(`cases.action.${action}`)).join(t('cases.ui.list_comma'))}</b>
            {t('cases.ui.colon')}
            {has(`refusal.${code}`) ? t(`refusal.${code}`, humanDetails(details)) : code}
          </li>
        ))}
      </ul>
    </details>
  );
}
