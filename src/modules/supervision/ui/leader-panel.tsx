import './supervision.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { Moment } from '../../../platform/web/office/moment.tsx';
import type { CasePanelProps } from '../../cases/ui/index.ts';
import { endAsLeader, type LeaderView, reportAsLeader, takeAsLeader } from '../contract.ts';
import { LEADER_OUTCOMES } from '../rules/words.ts';
import { useOffice } from './parts.tsx';
import { ofCase } from './queries.ts';
import { supervisionUiTexts } from './texts.ts';
import { FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';

/** The leader who answers for the case, his reports; taking it, where the reader may. */
export function LeaderPanel(props: CasePanelProps) {
  return (
    <MoreTexts texts={supervisionUiTexts}>
      <Leaders {...props} />
    </MoreTexts>
  );
}

type Open = 'take' | 'report' | 'end';

function Leaders({ caseId, version }: CasePanelProps) {
  const { t } = useTexts();
  const reads = useMay('supervision.read');
  const { data } = useQuery({ ...ofCase(caseId, version), enabled: reads });
  const [open, setOpen] = useState<Open>();
  if (!data || (data.leaders.length === 0 && !data.mayLead)) return null;
  const yours = data.leaders.some((leader) => leader.yours);
  return (
    <section className="card" aria-labelledby="leader-title">
      <h2 id="leader-title">{t('supervision.ui.leader')}</h2>
      {data.leaders.length === 0 && <p className="soft">{t('supervision.ui.leader_none')}</p>}
      {data.leaders.map((leader) => (
        <Leader key={leader.id} leader={leader} />
      ))}
      <div className="order-steps">
        {data.mayLead && <Button onClick={() => setOpen('take')}>{t('supervision.ui.leader_take')}…</Button>}
        {yours && <Button onClick={() => setOpen('report')}>{t('supervision.ui.leader_report')}…</Button>}
        {yours && <Button onClick={() => setOpen('end')}>{t('supervision.ui.leader_end')}…</Button>}
      </div>
      {open !== undefined && <LeaderDialog caseId={caseId} step={open} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

function Leader({ leader }: { readonly leader: LeaderView }) {
  const { t } = useTexts();
  const office = useOffice();
  return (
    <>
      <p>
        <b>{leader.leader}</b> {office(leader.organisation)}
        {leader.late && <span className="passed"> · {t('supervision.ui.leader_late')}</span>}
      </p>
      <dl className="pairs">
        <dt>{t('supervision.ui.field.aim')}</dt>
        <dd>{leader.aim}</dd>
        <dt>{t('supervision.ui.leader_due')}</dt>
        <dd className="num">{leader.dueOn}</dd>
        {leader.endedAt === null ? (
          <>
            <dt>{t('supervision.ui.leader_next')}</dt>
            <dd className="num">{leader.nextReportOn}</dd>
          </>
        ) : (
          <>
            <dt>{t('supervision.ui.leader_ended')}</dt>
            <dd>
              {t(`supervision.ui.outcome.${leader.outcome ?? 'settled'}`)} · {leader.result}
            </dd>
          </>
        )}
      </dl>
      {leader.reports.map((report) => (
        <p key={report.at} className="leader-report">
          <Moment at={report.at} className="num soft" /> <q>{report.words}</q>
        </p>
      ))}
    </>
  );
}

type DialogProps = { readonly caseId: string; readonly step: Open; readonly onClose: () => void };
type Values = {
  readonly aim: string;
  readonly dueOn: string;
  readonly reportEveryDays: number;
  readonly words: string;
  readonly outcome: (typeof LEADER_OUTCOMES)[number];
  readonly result: string;
};

function LeaderDialog({ caseId, step, onClose }: DialogProps) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const name = t(`supervision.ui.leader_${step}`);
  return (
    <FormDialog<Values>
      title={name}
      confirm={name}
      initial={step === 'take' ? { reportEveryDays: 7 } : step === 'end' ? { outcome: 'settled' } : {}}
      onClose={onClose}
      onSend={async (values) => {
        await send(caseId, step, values);
        void message.success(t('supervision.ui.done'));
        await queries.invalidateQueries({ queryKey: ['supervision'] });
      }}
    >
      {step === 'take' && <TakeFields />}
      {step === 'report' && (
        <WordsItem least={4} rows={3} name="words" label={t('supervision.ui.field.report')} most={2000} />
      )}
      {step === 'end' && (
        <>
          <Form.Item name="outcome" label={t('supervision.ui.field.outcome')}>
            <Radio.Group
              className="choices"
              aria-label={t('supervision.ui.field.outcome')}
              options={LEADER_OUTCOMES.map((value) => ({ value, label: t(`supervision.ui.outcome.${value}`) }))}
            />
          </Form.Item>
          <WordsItem least={4} rows={3} name="result" label={t('supervision.ui.field.result')} most={2000} />
        </>
      )}
    </FormDialog>
  );
}

function TakeFields() {
  const { t } = useTexts();
  const message = t('web.form.fill', { field: t('supervision.ui.field.due_on') });
  return (
    <>
      <WordsItem least={4} rows={3} name="aim" label={t('supervision.ui.field.aim')} most={500} />
      <Form.Item name="dueOn" label={t('supervision.ui.field.due_on')} rules={[{ required: true, message }]}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="reportEveryDays" label={t('supervision.ui.field.every')}>
        <InputNumber min={1} max={60} precision={0} />
      </Form.Item>
    </>
  );
}

function send(id: string, step: Open, values: Values): Promise<unknown> {
  const params = { id };
  const { aim, dueOn, reportEveryDays, words, outcome, result } = values;
  switch (step) {
    case 'take':
      return call(takeAsLeader, { params, body: { aim, dueOn, reportEveryDays } });
    case 'report':
      return call(reportAsLeader, { params, body: { words } });
    case 'end':
      return call(endAsLeader, { params, body: { outcome, result } });
  }
}
