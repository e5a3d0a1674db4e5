import { isProblem } from '../../../../platform/web/client.ts';
import { type Say, type TextsInUse, useTexts } from '../../../../platform/web/i18n.tsx';

/** What went wrong, in the reader's words: the server's sentence, or ours when no answer came. */
export function problemText({ t, has }: Pick<TextsInUse, 't' | 'has'>, error: unknown): string {
  if (!isProblem(error)) return t('refusal.client.unexpected');
  if (error.title !== '') return error.title;
  return has(`refusal.${error.code}`) ? t(`refusal.${error.code}`) : t('refusal.client.unexpected');
}

/** The server's sentence for one field, e.g. `phone`. */
export function fieldProblem(error: unknown, path: string): string | undefined {
  if (!isProblem(error)) return undefined;
  const found = error.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`));
  return found?.message;
}

type FailedProps = { readonly error: unknown; readonly onRetry: () => void; readonly text?: string };

/** In place of something that could not be read: what happened and what to do. */
export function Failed({ error, onRetry, text }: FailedProps) {
  const texts = useTexts();
  return (
    <div className="failed" role="alert">
      <p>
        <b>{texts.t('open.failed')}</b>
      </p>
      <p>{text ?? problemText(texts, error)}</p>
      <button type="button" className="button" onClick={onRetry}>
        {texts.t('open.retry')}
      </button>
    </div>
  );
}

/** Beside a form that could not be sent. Always in the page, so that screen readers hear it when it fills. */
export function FormProblem({ text }: { readonly text: string | undefined }) {
  return (
    <div role="alert" className={text ? 'problem' : undefined}>
      {text}
    </div>
  );
}

/** The shape of what is coming. */
export function Loading({ rows = 3, t }: { readonly rows?: number; readonly t: Say }) {
  return (
    <div className="loading" aria-busy="true">
      <span className="sr-only">{t('open.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a placeholder never move.
        <span key={row} className="bone" aria-hidden="true" />
      ))}
    </div>
  );
}
