import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, InputNumber, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { addDays, dayOf, weekdayOf } from '../../../kit/time.ts';
import type { Locale } from '../../../platform/i18n/texts.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ConfirmDialog, useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import { addException, type CalendarYear, removeException } from '../contract.ts';
import { RequiredItem } from './fields.tsx';
import { calendar, catalogueChanged } from './queries.ts';

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** The working calendar of a year: the nation's days and this place's own. */
export function CalendarPane() {
  const { t } = useTexts();
  const manages = useMay('catalogue.manage');
  const [year, setYear] = useState(Number(dayOf(new Date()).slice(0, 4)));
  const [adding, setAdding] = useState(false);
  const { data, error, isPending, refetch } = useQuery(calendar(year));
  return (
    <>
      <div className="data-tools">
        <InputNumber
          aria-label={t('catalogue.ui.calendar.year')}
          min={2004}
          max={2100}
          value={year}
          onChange={(next) => next !== null && setYear(next)}
        />
        {manages && <Button onClick={() => setAdding(true)}>{t('catalogue.ui.calendar.add')}</Button>}
        {data && <span className="soft">{t('catalogue.ui.calendar.workdays', { n: data.workdays })}</span>}
      </div>
      <p className="soft">{t('catalogue.ui.calendar.about')}</p>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {isPending && <PageSkeleton />}
      {data && (
        <>
          {!data.known && <Alert type="warning" showIcon title={t('catalogue.ui.calendar.unknown', { year })} />}
          <OwnDays data={data} />
          <div className="cat-year">
            {MONTHS.map((month) => (
              <Month key={month} data={data} month={month} />
            ))}
          </div>
        </>
      )}
      {adding && <ExceptionDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function OwnDays({ data }: { data: CalendarYear }) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const manages = useMay('catalogue.manage');
  const [removing, setRemoving] = useState<string | null>(null);
  const remove = async (day: string) => {
    await call(removeException, { params: { day } });
    void catalogueChanged(queries);
  };
  return (
    <section className="cat-card">
      <h2>{t('catalogue.ui.calendar.own')}</h2>
      {data.exceptions.length === 0 && <p className="soft">{t('catalogue.ui.calendar.none')}</p>}
      <ul className="cat-rows">
        {data.exceptions.map((one) => (
          <li key={one.day}>
            <span>
              <b className="num">{one.day}</b> {t(`catalogue.ui.calendar.${one.kind}`)} <small>{one.note}</small>
            </span>
            {manages && one.removable && (
              <Button size="small" onClick={() => setRemoving(one.day)}>
                {t('catalogue.ui.calendar.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={removing !== null}
        title={t('catalogue.ui.calendar.remove_title', { day: removing ?? '' })}
        confirm={t('catalogue.ui.calendar.remove')}
        onConfirm={() => remove(removing ?? '')}
        onClose={() => setRemoving(null)}
      >
        <p>{t('catalogue.ui.calendar.remove_about')}</p>
      </ConfirmDialog>
    </section>
  );
}

/** 11月, November. */
function monthName(locale: Locale, month: number): string {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return format.format(new Date(Date.UTC(2026, month - 1, 1)));
}

/** One month, Monday first; days that differ from the plain week carry a word. */
function Month({ data, month }: { data: CalendarYear; month: number }) {
  const { t, locale } = useTexts();
  const first = `${data.year}-${String(month).padStart(2, '0')}-01`;
  const weeks: string[][] = [[]];
  for (let blank = 1; blank < weekdayOf(first); blank += 1) weeks[0]?.push('');
  for (let day = first; day.startsWith(first.slice(0, 7)); day = addDays(day, 1)) {
    if (weeks.at(-1)?.length === 7) weeks.push([]);
    weeks.at(-1)?.push(day);
  }
  const weekdays = [...t('catalogue.ui.weekdays')];
  return (
    <table className="cat-month">
      <caption>{monthName(locale, month)}</caption>
      <thead>
        <tr>
          {weekdays.map((letter, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the seven days stand still, and two share a letter.
            <th key={index} scope="col">
              {letter}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.join()}>
            {week.map((day, index) => (
              <DayCell key={day || index} data={data} day={day} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCell({ data, day }: { data: CalendarYear; day: string }) {
  const { t } = useTexts();
  if (day === '') return <td />;
  const own = data.exceptions.find((one) => one.day === day);
  const special = own ?? data.national.find((one) => one.day === day);
  const off = special ? special.kind === 'holiday' : weekdayOf(day) > 5;
  const name = [off ? 'off' : '', own ? 'own' : ''].join(' ').trim();
  return (
    <td className={name} {...(own ? { title: own.note } : {})}>
      {Number(day.slice(8))}
      {special && <small>{t(`catalogue.ui.calendar.legend_${special.kind}`)}</small>}
    </td>
  );
}

type Values = { readonly day: string; readonly kind: 'holiday' | 'workday'; readonly note: string };

function ExceptionDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const submit = (body: Values) =>
    run(async () => {
      await call(addException, { body });
      void message.success(t('catalogue.ui.saved_plain'));
      void catalogueChanged(queries);
      onClose();
    });
  const kinds = (['holiday', 'workday'] as const).map((value) => ({
    value,
    label: t(`catalogue.ui.calendar.${value}`),
  }));
  return (
    <Modal
      open
      title={t('catalogue.ui.calendar.add')}
      okText={t('web.save')}
      okButtonProps={{ loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'holiday' }}
        onFinish={(values) => void submit(values)}
      >
        <RequiredItem
          name="day"
          label={t('catalogue.ui.calendar.day')}
          field={<Input type="date" min={addDays(dayOf(new Date()), 1)} />}
        />
        <RequiredItem name="kind" label={t('catalogue.ui.calendar.kind')} field={<Segmented options={kinds} />} />
        <RequiredItem name="note" label={t('catalogue.ui.calendar.note')} field={<Input maxLength={100} />} />
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
