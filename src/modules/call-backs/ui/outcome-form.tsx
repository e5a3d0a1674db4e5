import { App, Button, Form, Input, Radio, Select } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { useNow } from '../../../platform/web/clock.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { whenText } from '../../../platform/web/time.ts';
import { SATISFACTION, SOLVED } from '../../cases/contract.ts';
import { LANGUAGES, OUTCOMES, recordAttempt } from '../contract.ts';
import type { CallBackDetail } from './queries.ts';

type Values = {
  readonly outcome: (typeof OUTCOMES)[number];
  readonly solved?: (typeof SOLVED)[number];
  readonly satisfaction?: (typeof SATISFACTION)[number];
  readonly sendBack?: boolean;
  readonly remark?: string;
  readonly answers?: Readonly<Record<string, string | undefined>>;
  readonly nextAt?: string;
  readonly language?: (typeof LANGUAGES)[number];
  readonly note?: string;
};

type Props = { readonly detail: CallBackDetail; readonly onDone: () => Promise<unknown> };

/** What came of the call. It asks only for what the outcome needs. */
export function OutcomeForm({ detail, onDone }: Props) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const now = useNow();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const outcome = Form.useWatch('outcome', form);
  const solved = Form.useWatch('solved', form);
  const submit = (values: Values) =>
    run(async () => {
      const done = await call(recordAttempt, { params: { id: detail.row.case.id }, body: bodyOf(values) });
      message.success(
        done.nextAt
          ? t('call-backs.ui.recorded_next', { when: whenText(t, locale, done.nextAt, now) })
          : t('call-backs.ui.recorded'),
      );
      form.resetFields();
      await onDone();
    });
  return (
    <Form form={form} layout="vertical" className="step-form" onFinish={(values) => void submit(values)}>
      <Choice name="outcome" label={t('call-backs.ui.outcome')} values={OUTCOMES} text="call-backs.ui.outcome." />
      {outcome === 'reached' && <ReachedFields detail={detail} solved={solved} />}
      {outcome === 'declined' && <p className="soft">{t('call-backs.ui.declined_about')}</p>}
      {outcome !== undefined && outcome !== 'reached' && outcome !== 'declined' && (
        <AgainFields required={outcome === 'later'} />
      )}
      <ErrorNotice error={error} />
      <Button type="primary" htmlType="submit" block className="act" loading={running}>
        {t('call-backs.ui.record')}
      </Button>
    </Form>
  );
}

function bodyOf(values: Values) {
  const { outcome, solved, satisfaction, nextAt, answers = {} } = values;
  const chosen = Object.entries(answers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    outcome,
    answer: outcome === 'reached' && solved && satisfaction ? { solved, satisfaction } : null,
    sendBack: outcome === 'reached' && values.sendBack === true,
    remark: values.remark ?? null,
    answers: Object.fromEntries(chosen),
    nextAt: nextAt ? new Date(`${nextAt}:00+08:00`).toISOString() : null,
    language: values.language ?? null,
    note: values.note ?? null,
  };
}

function ReachedFields({ detail, solved }: { readonly detail: CallBackDetail; readonly solved: string | undefined }) {
  const { t, locale } = useTexts();
  const when = detail.row.timing === 'before' ? 'before' : 'after';
  return (
    <>
      <Choice name="solved" label={t('call-backs.ui.solved')} values={SOLVED} text="call-backs.ui.solved." />
      <Choice
        name="satisfaction"
        label={t('call-backs.ui.satisfaction')}
        values={SATISFACTION}
        text="call-backs.ui.satisfaction."
      />
      {solved !== undefined && solved !== 'solved' && (
        <Form.Item
          name="sendBack"
          label={t('call-backs.ui.send_back')}
          rules={[{ required: true, message: t('call-backs.ui.fill') }]}
        >
          <Radio.Group
            className="choices"
            options={[
              { value: true, label: t(`call-backs.ui.send_back.yes.${when}`) },
              { value: false, label: t('call-backs.ui.send_back.no') },
            ]}
          />
        </Form.Item>
      )}
      {detail.script.questions.map((question) => (
        <Form.Item
          key={question.id}
          name={['answers', question.id]}
          label={locale === 'en' ? question.en : question.zh}
        >
          <Radio.Group
            className="choices"
            options={question.options.map((option) => ({
              value: option.value,
              label: locale === 'en' ? option.en : option.zh,
            }))}
          />
        </Form.Item>
      ))}
      <Form.Item name="remark" label={t('call-backs.ui.remark')} extra={t('call-backs.ui.remark_hint')}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </>
  );
}

function AgainFields({ required }: { readonly required: boolean }) {
  const { t } = useTexts();
  return (
    <>
      <Form.Item
        name="nextAt"
        label={t('call-backs.ui.next_at')}
        {...(required ? {} : { extra: t('call-backs.ui.next_at_hint') })}
        rules={required ? [{ required: true, message: t('call-backs.ui.fill') }] : []}
      >
        <Input type="datetime-local" className="day" />
      </Form.Item>
      <Form.Item name="language" label={t('call-backs.ui.language')}>
        <Select
          allowClear
          options={LANGUAGES.map((value) => ({ value, label: t(`call-backs.ui.language.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="note" label={t('call-backs.ui.note_field')} extra={t('call-backs.ui.note_hint')}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}

type ChoiceProps = {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
  /** The beginning of the text keys of the values. */
  readonly text: string;
};

function Choice({ name, label, values, text }: ChoiceProps) {
  const { t } = useTexts();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: t('call-backs.ui.fill') }]}>
      <Radio.Group
        className={values.length > 3 ? 'choices tall' : 'choices'}
        aria-label={label}
        options={values.map((value) => ({ value, label: t(text + value) }))}
      />
    </Form.Item>
  );
}
