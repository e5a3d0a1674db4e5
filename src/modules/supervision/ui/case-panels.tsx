import './supervision.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { CasePanelProps } from '../../cases/ui/index.ts';
import { issueOrder } from '../contract.ts';
import { COLOURS } from '../rules/words.ts';
import { OrderCard } from './order-card.tsx';
import { useOffice } from './parts.tsx';
import { ofCase } from './queries.ts';
import { supervisionUiTexts } from './texts.ts';
import { FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';

/** Orders about the case, the open one first; and a new one, where the reader may issue it. */
export function OrdersPanel(props: CasePanelProps) {
  return (
    <MoreTexts texts={supervisionUiTexts}>
      <Orders {...props} />
    </MoreTexts>
  );
}

function Orders({ caseId, version }: CasePanelProps) {
  const { t } = useTexts();
  const reads = useMay('supervision.read');
  const { data } = useQuery({ ...ofCase(caseId, version), enabled: reads });
  const [issuing, setIssuing] = useState(false);
  if (!data || (data.orders.length === 0 && !data.mayIssue)) return null;
  const open = data.orders.some((order) => order.endedAt === null);
  return (
    <section className="card orders" aria-labelledby="orders-title">
      <h2 id="orders-title">{t('supervision.ui.title')}</h2>
      {data.orders.length === 0 && <p className="soft">{t('supervision.ui.case_none')}</p>}
      {data.orders.map((order) => (
        <OrderCard key={order.id} order={order} withCase={false} />
      ))}
      {data.mayIssue && !open && (
        <div className="order-steps">
          <Button onClick={() => setIssuing(true)}>{t('supervision.ui.issue')}…</Button>
        </div>
      )}
      {issuing && (
        <IssueDialog
          caseId={caseId}
          addressees={data.addressees}
          urgent={data.urgent}
          onClose={() => setIssuing(false)}
        />
      )}
    </section>
  );
}

type IssueProps = {
  readonly caseId: string;
  readonly addressees: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[];
  readonly urgent: boolean;
  readonly onClose: () => void;
};
type Values = {
  readonly addresseeId: string;
  readonly colour: (typeof COLOURS)[number];
  readonly demand: string;
  readonly workingDays?: number | null;
};

function IssueDialog({ caseId, addressees, urgent, onClose }: IssueProps) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const office = useOffice();
  const [first] = addressees;
  return (
    <FormDialog<Values>
      title={t('supervision.ui.issue')}
      confirm={t('supervision.ui.issue')}
      initial={{ colour: 'yellow', ...(first ? { addresseeId: first.id } : {}) }}
      onClose={onClose}
      onSend={async ({ workingDays = null, ...values }) => {
        await call(issueOrder, { params: { id: caseId }, body: { ...values, workingDays } });
        void message.success(t('supervision.ui.done'));
        await queries.invalidateQueries({ queryKey: ['supervision'] });
      }}
    >
      <Form.Item name="addresseeId" label={t('supervision.ui.field.addressee')} rules={[{ required: true }]}>
        <Radio.Group
          className="choices tall"
          aria-label={t('supervision.ui.field.addressee')}
          options={addressees.map((one) => ({ value: one.id, label: office(one) }))}
        />
      </Form.Item>
      <Form.Item name="colour" label={t('supervision.ui.field.colour')}>
        <Radio.Group
          className="choices"
          aria-label={t('supervision.ui.field.colour')}
          options={COLOURS.map((colour) => ({
            value: colour,
            label: t(`supervision.ui.colour.${colour}`),
            disabled: colour === 'red' && !urgent,
          }))}
        />
      </Form.Item>
      <WordsItem
        least={4}
        rows={3}
        name="demand"
        label={t('supervision.ui.field.demand')}
        hint={t('supervision.ui.field.demand_hint')}
        most={1000}
      />
      <Form.Item name="workingDays" label={t('supervision.ui.field.days')}>
        <InputNumber min={1} max={30} precision={0} />
      </Form.Item>
    </FormDialog>
  );
}
