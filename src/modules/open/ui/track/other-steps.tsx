import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { byText } from '../../../../platform/web/time.ts';
import { api } from '../endpoints.ts';
import { PhotoPicker } from '../photos/photo-picker.tsx';
import { announce } from '../pieces/announce.tsx';
import { Field } from '../pieces/field.tsx';
import { Fold } from '../pieces/fold.tsx';
import { FormProblem } from '../pieces/problem.tsx';
import type { StepPartProps } from './rating.tsx';
import { useSupplementPhotos } from './use-supplement-photos.ts';
import { useStep } from './use-step.ts';

type TextFormProps = {
  readonly label: string;
  readonly hint?: string;
  readonly missing?: string;
  readonly send: string;
  readonly most: number;
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly children?: ReactNode;
  readonly onSend: (text: string) => void;
};

function TextForm({ label, hint, missing, send, most, busy, problem, children, onSend }: TextFormProps) {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const lacking = missing !== undefined && [...text.trim()].length < 2;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!lacking) onSend(text);
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <Field label={label} hint={hint} optional={missing === undefined} error={tried && lacking ? missing : undefined}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            maxLength={most}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {children}
      <FormProblem text={problem} />
      <button type="submit" className="button button-primary" aria-disabled={busy}>
        {busy ? t('web.sending') : send}
      </button>
    </form>
  );
}

/** Closed, but not solved or back again: the requester may have it taken up anew, within the class's window. */
export function Reopening({ progress, token, onChange }: StepPartProps) {
  const { t, locale } = useTexts();
  const now = useNow();
  const step = useStep((next) => {
    onChange(next);
    announce(t('open.reopen.sent'));
  });
  const { reopen } = progress.can;
  if (!reopen.allowed) return null;
  return (
    <Fold title={t('open.reopen.title')} open={!progress.can.rate.allowed}>
      <p className="soft">
        {t('open.reopen.hint')} {reopen.until && t('open.reopen.until', { by: byText(t, locale, reopen.until, now) })}
      </p>
      <TextForm
        label={t('open.reopen.reason')}
        missing={t('open.reopen.missing')}
        send={t('open.reopen.send')}
        most={500}
        busy={step.busy}
        problem={step.problem}
        onSend={(reason) => step.run((idempotencyKey) => call(api.reopen, { token, idempotencyKey, body: { reason } }))}
      />
    </Fold>
  );
}

/** Words and photos for the office in charge, as long as it is at work. */
export function Supplement({ progress, token, onChange }: StepPartProps) {
  const { t } = useTexts();
  const photos = useSupplementPhotos();
  const step = useStep((next) => {
    photos.removeAll();
    onChange(next);
    announce(t('open.supplement.sent'));
  });
  if (!progress.can.supplement.allowed) return null;
  return (
    <Fold title={t('open.supplement.title')}>
      <TextForm
        key={progress.steps.length}
        label={t('open.supplement.text')}
        hint={t('open.supplement.hint')}
        missing={t('open.supplement.missing')}
        send={t('open.supplement.send')}
        most={1000}
        busy={step.busy || photos.waiting > 0}
        problem={step.problem}
        onSend={(text) => {
          if (photos.waiting > 0 || photos.failed > 0) return;
          step.run((idempotencyKey) =>
            call(api.supplement, { token, idempotencyKey, body: { text, fileIds: photos.fileIds } }),
          );
        }}
      >
        <PhotoPicker photos={photos} />
      </TextForm>
    </Fold>
  );
}

/** Cannot be undone, so it asks once more and names the request. */
export function Withdrawal({ progress, token, onChange }: StepPartProps) {
  const { t } = useTexts();
  const [reason, setReason] = useState<string>();
  const step = useStep((next) => {
    onChange(next);
    announce(t('open.withdraw.sent'));
  });
  if (!progress.can.withdraw.allowed) return null;
  return (
    <Fold title={t('open.withdraw.title')}>
      <p className="soft">{t('open.withdraw.hint')}</p>
      {reason === undefined ? (
        <TextForm
          label={t('open.withdraw.reason')}
          missing={t('open.withdraw.missing')}
          send={t('open.withdraw.send')}
          most={500}
          busy={step.busy}
          problem={step.problem}
          onSend={setReason}
        />
      ) : (
        <fieldset className="discard" aria-label={t('open.withdraw.title')}>
          <p>{t('open.withdraw.ask', { number: progress.number })}</p>
          <FormProblem text={step.problem} />
          <button
            type="button"
            className="button button-urgent"
            aria-disabled={step.busy}
            onClick={() =>
              step.run((idempotencyKey) => call(api.withdraw, { token, idempotencyKey, body: { reason } }))
            }
          >
            {step.busy ? t('web.sending') : t('open.withdraw.yes')}
          </button>
          <button type="button" className="button" onClick={() => setReason(undefined)}>
            {t('open.withdraw.no')}
          </button>
        </fieldset>
      )}
    </Fold>
  );
}

/** The consent to publish can be taken back at any time; the public version is gone at once. */
export function TakeDown({ progress, token, onChange }: StepPartProps) {
  const { t } = useTexts();
  const step = useStep((next) => {
    onChange(next);
    announce(t('open.take_down.sent'));
  });
  if (!progress.can.takeDown.allowed) return null;
  return (
    <Fold title={t('open.take_down.title')}>
      <p className="soft">{t('open.take_down.hint')}</p>
      <TextForm
        label={t('open.take_down.reason')}
        send={t('open.take_down.send')}
        most={500}
        busy={step.busy}
        problem={step.problem}
        onSend={(reason) =>
          step.run((idempotencyKey) => call(api.takeDown, { token, idempotencyKey, body: { reason } }))
        }
      />
    </Fold>
  );
}
