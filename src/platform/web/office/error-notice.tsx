import { Alert, Button } from 'antd';
import { ProblemError } from '../client.ts';
import { type TextsInUse, useTexts } from '../i18n.tsx';

/** What a person is told about an error: the server's own words, or ours when no answer came. */
export function problemText({ t, has }: Pick<TextsInUse, 't' | 'has'>, error: unknown): string {
  if (!(error instanceof ProblemError)) return t('refusal.client.page_failed');
  if (error.title !== '') return error.title;
  const key = `refusal.${error.code}`;
  return has(key) ? t(key, error.details) : t('refusal.client.unexpected');
}

type Props = {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Labels of form fields by dotted path, so that field errors name what people see. */
  readonly fields?: Readonly<Record<string, string>>;
};

/** Says what happened, what is safe and what to do now. Announced to screen readers; nothing when there is no error. */
export function ErrorNotice({ error, onRetry, fields = {} }: Props) {
  const texts = useTexts();
  if (error === null || error === undefined) return null;
  const problem = error instanceof ProblemError ? error : undefined;
  return (
    <Alert
      type="error"
      role="alert"
      showIcon
      className="error-notice"
      title={problemText(texts, error)}
      description={
        problem !== undefined && (
          <>
            {problem.detail !== undefined && <p>{problem.detail}</p>}
            <FieldErrors problem={problem} fields={fields} />
            {problem.status >= 500 && <small>{texts.t('web.problem.code', { code: problem.code })}</small>}
          </>
        )
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {texts.t('web.retry')}
          </Button>
        )
      }
    />
  );
}

function FieldErrors({ problem, fields }: { problem: ProblemError; fields: Readonly<Record<string, string>> }) {
  if (problem.errors.length === 0) return null;
  return (
    <ul>
      {problem.errors.map((error) => (
        <li key={`${error.path} ${error.code}`}>
          {fields[error.path] ?? error.path}
          {' · '}
          {error.message ?? error.code}
        </li>
      ))}
    </ul>
  );
}
