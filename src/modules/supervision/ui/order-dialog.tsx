import { Form, Radio } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { acceptAnswer, answerOrder, climbOrder, liftOrder, refuseLiftOfOrder, sendBackAnswer } from '../contract.ts';
import { COLOURS, gravity } from '../rules/words.ts';
import { type Action, stepName } from './parts.tsx';
import type { OrderView } from './queries.ts';
import { FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';

type Props = {
  readonly order: OrderView;
  readonly action: Action;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
};
type Values = { readonly words?: string; readonly reason?: string; readonly colour?: (typeof COLOURS)[number] };

/** What a step on an order asks for. */
export function OrderDialog({ order, action, onClose, onDone }: Props) {
  const { t } = useTexts();
  const name = stepName(t, action, order);
  const graver = COLOURS.filter((colour) => gravity(colour) > gravity(order.colour));
  return (
    <FormDialog<Values>
      title={`${name} · ${order.case.number}`}
      confirm={name}
      danger={action === 'climb'}
      initial={action === 'climb' && graver[0] ? { colour: graver[0] } : {}}
      onClose={onClose}
      onSend={async (values) => {
        await send(order, action, values);
        await onDone();
      }}
    >
      {action === 'answer' && (
        <WordsItem
          least={4}
          rows={3}
          name="words"
          label={t('supervision.ui.field.answer')}
          hint={t('supervision.ui.field.answer_hint')}
          most={2000}
        />
      )}
      {action === 'accept' && (
        <WordsItem
          least={4}
          rows={3}
          name="words"
          label={t('supervision.ui.field.remark')}
          most={500}
          required={false}
        />
      )}
      {action === 'climb' && (
        <Form.Item name="colour" label={t('supervision.ui.field.colour')}>
          <Radio.Group
            aria-label={t('supervision.ui.field.colour')}
            options={graver.map((colour) => ({ value: colour, label: t(`supervision.ui.colour.${colour}`) }))}
          />
        </Form.Item>
      )}
      {action !== 'answer' && action !== 'accept' && (
        <WordsItem least={4} rows={3} name="reason" label={t('supervision.ui.field.reason')} most={500} />
      )}
    </FormDialog>
  );
}

function send({ id, version }: OrderView, action: Action, values: Values): Promise<unknown> {
  const params = { id };
  const { words = '', reason = '', colour = 'red' } = values;
  switch (action) {
    case 'answer':
      return call(answerOrder, { params, body: { version, words } });
    case 'accept':
      return call(acceptAnswer, { params, body: { version, words } });
    case 'send_back':
      return call(sendBackAnswer, { params, body: { version, reason } });
    case 'climb':
      return call(climbOrder, { params, body: { version, colour, reason } });
    case 'lift':
      return call(liftOrder, { params, body: { version, reason } });
    case 'refuse_lift':
      return call(refuseLiftOfOrder, { params, body: { version, reason } });
  }
}
