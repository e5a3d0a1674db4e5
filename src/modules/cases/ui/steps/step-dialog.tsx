import { Alert, App, Form, Modal } from 'antd';
import { useState } from 'react';
import { isProblem } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useRun } from '../../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import type { OfficeAction } from '../../steps-contract.ts';
import { showFieldErrors } from '../parts/field-errors.ts';
import type { CaseDetail } from '../queries.ts';
import { BusyContext } from './busy.ts';
import { FORMS } from './forms.tsx';
import { type StepInput, useStep } from './take-step.ts';

type Props = {
  readonly view: CaseDetail;
  readonly action: OfficeAction;
  readonly initial?: Readonly<Record<string, unknown>> | undefined;
  readonly onClose: () => void;
};

/** What cannot be taken back is asked for with the case's number in the title. */
const FINAL: readonly OfficeAction[] = ['void', 'reject', 'merge', 'close'];

/**
 * One action's form over the case. It stays open with what was typed when the server refuses; when somebody else was
 * first, the page behind shows what he did and sending again speaks for the new state.
 */
export function StepDialog({ view, action, initial, onClose }: Props) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const [form] = Form.useForm<Record<string, unknown>>();
  const [busy, setBusy] = useState(0);
  const { running, error, run } = useRun(true);
  const takeStep = useStep(view, action);
  const definition = FORMS[action];
  const Fields = definition.Fields;
  const submit = async (values: Record<string, unknown>) => {
    const plain = withFileIds(values);
    // Fields are named as the contract names them, and the server looks at every one again.
    const body = (definition.body?.(plain, view) ?? plain) as StepInput<typeof action>;
    const done = await run(() =>
      takeStep(body).catch((caught: unknown) => {
        showFieldErrors(form, caught);
        throw caught;
      }),
    );
    if (!done) return;
    message.success(t('cases.ui.step_done', { action: t(`cases.action.${action}`) }));
    onClose();
  };
  const name = t(`cases.action.${action}`);
  return (
    <Modal
      open
      title={FINAL.includes(action) ? t('cases.ui.step_title_final', { action: name, number: view.number }) : name}
      width={definition.wide ? 760 : 560}
      okText={t(`cases.action.${action}`)}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running, disabled: busy > 0, danger: action === 'void' }}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <BusyContext value={setBusy}>
        <Form
          form={form}
          layout="vertical"
          className="step-form"
          onFinish={(values) => void submit(values)}
          initialValues={{ ...definition.initial?.(view), ...initial }}
          scrollToFirstError={{ focus: true }}
        >
          <Fields view={view} />
        </Form>
      </BusyContext>
      {isProblem(error, 'cases.stale_version') ? (
        <Alert
          type="warning"
          role="alert"
          showIcon
          title={t('cases.ui.overtaken', { actor: error.details['actor'] ?? t('cases.ui.actor.officer') })}
        />
      ) : (
        <ErrorNotice error={error} />
      )}
    </Modal>
  );
}

/** Photo fields hold files with names and pictures; the server wants their ids. */
function withFileIds(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => [name, isFileList(value) ? value.map((file) => file.id) : value]),
  );
}

function isFileList(value: unknown): value is readonly { readonly id: string }[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'thumbnailUrl' in one);
}
