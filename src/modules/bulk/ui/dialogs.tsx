import { Form } from 'antd';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ChoiceItem, FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';
import { OrganisationField } from '../../cases/ui/index.ts';

type Props<Values> = {
  readonly count: number;
  readonly onGo: (values: Values) => void;
  readonly onClose: () => void;
};

export type DispatchValues = {
  readonly leadId: string | null;
  readonly reason: string | null;
  readonly instruction: string | null;
};

const words = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : null);

/** To whom the chosen cases go. */
export function DispatchDialog({ count, onGo, onClose }: Props<DispatchValues>) {
  const { t } = useTexts();
  return (
    <FormDialog
      title={t('bulk.ui.dispatch_n', { n: count })}
      confirm={t('bulk.ui.dispatch_n', { n: count })}
      initial={{ way: 'list' }}
      onClose={onClose}
      onSend={async ({ way, leadId, reason, instruction }) =>
        onGo({
          leadId: way === 'one' ? String(leadId) : null,
          reason: way === 'one' ? words(reason) : null,
          instruction: words(instruction),
        })
      }
    >
      <DispatchFields />
    </FormDialog>
  );
}

function DispatchFields() {
  const { t } = useTexts();
  const one = Form.useWatch('way') === 'one';
  const options = ['list', 'one'].map((value) => ({ value, label: t(`bulk.ui.way_${value}`) }));
  return (
    <>
      <p className="soft">{t('bulk.ui.each')}</p>
      <ChoiceItem name="way" label={t('bulk.ui.way')} options={options} />
      {one && <OrganisationField name="leadId" label={t('bulk.ui.lead')} />}
      {one && (
        <WordsItem
          name="reason"
          label={t('bulk.ui.reason')}
          hint={t('bulk.ui.reason_hint')}
          most={500}
          required={false}
        />
      )}
      <WordsItem name="instruction" label={t('bulk.ui.instruction')} most={500} required={false} />
    </>
  );
}

/** One note for all of them. */
export function NoteDialog({ count, onGo, onClose }: Props<{ readonly text: string }>) {
  const { t } = useTexts();
  return (
    <FormDialog
      title={t('bulk.ui.note_n', { n: count })}
      confirm={t('bulk.ui.note_n', { n: count })}
      onClose={onClose}
      onSend={async ({ text }) => onGo({ text: String(text) })}
    >
      <p className="soft">{t('bulk.ui.each')}</p>
      <WordsItem name="text" label={t('bulk.ui.note_text')} hint={t('bulk.ui.note_hint')} most={1000} rows={3} />
    </FormDialog>
  );
}
