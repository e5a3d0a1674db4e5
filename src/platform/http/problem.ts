import type { z } from 'zod';
import type { FieldError, Refusal } from '../../kit/result.ts';
import { refuse } from '../../kit/result.ts';
import { type Locale, say, type Texts } from '../i18n/texts.ts';

/** RFC 9457 problem details, with our stable `code` and the fields that did not parse. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly instance: string;
  readonly details: Refusal['details'];
  readonly errors?: readonly FieldError[];
};

export type ProblemContext = {
  readonly texts: Texts;
  readonly locale: Locale;
  readonly statuses: ReadonlyMap<string, number>;
  readonly requestId: string;
};

/** Presents a refusal. An unknown code is our own mistake and answers 500. */
export function problemOf(refusal: Refusal, context: ProblemContext): Problem {
  const status = context.statuses.get(refusal.code);
  if (status === undefined) throw new Error(`refusal ${refusal.code} has no status`);
  const details = { ...refusal.details };
  const problem = {
    type: `/problems/${refusal.code}`,
    title: say(context.texts, context.locale, `refusal.${refusal.code}`, { ...details, requestId: context.requestId }),
    status,
    code: refusal.code,
    instance: context.requestId,
    details,
  };
  return refusal.errors ? { ...problem, errors: refusal.errors } : problem;
}

/** A problem for a caller of whom nothing is known, not even his language: in Chinese, without a number to ask about. */
export function plainProblem(
  app: { readonly texts: Texts },
  statuses: ReadonlyMap<string, number>,
  code: string,
): { readonly status: number; readonly body: string } {
  const context = { texts: app.texts, locale: 'zh-CN', statuses, requestId: '' } as const;
  const problem = problemOf(refuse(code), context);
  return { status: problem.status, body: JSON.stringify(problem) };
}

type Issue = z.core.$ZodIssue;

/** Zod's issues as one refusal whose field errors carry stable codes and texts in the caller's language. */
export function invalidInput(issues: readonly Issue[], texts: Texts, locale: Locale): Refusal {
  const errors = issues.slice(0, 50).map((issue) => {
    const { code, values } = fieldCode(issue);
    return { path: issue.path.map(String).join('.'), code, message: say(texts, locale, code, values) };
  });
  return refuse('http.invalid_input', { count: errors.length }, errors);
}

function fieldCode(issue: Issue): { code: string; values: Record<string, unknown> } {
  const custom = (issue as { params?: Record<string, unknown> }).params;
  if (typeof custom?.code === 'string') return { code: custom.code, values: custom };
  switch (issue.code) {
    case 'invalid_type':
      return { code: issue.input === undefined ? 'field.missing' : 'field.wrong_type', values: {} };
    case 'too_big':
      return {
        code: issue.origin === 'string' ? 'field.too_long' : 'field.too_big',
        values: { maximum: issue.maximum },
      };
    case 'too_small':
      return sizeBelow(issue);
    case 'invalid_value':
      return { code: issue.input === undefined ? 'field.missing' : 'field.not_listed', values: {} };
    case 'unrecognized_keys':
      return { code: 'field.unknown_field', values: { keys: issue.keys.slice(0, 5).join(', ') } };
    default:
      return { code: 'field.invalid', values: {} };
  }
}

function sizeBelow(issue: z.core.$ZodIssueTooSmall): { code: string; values: Record<string, unknown> } {
  if (issue.origin === 'string') {
    return {
      code: Number(issue.minimum) <= 1 ? 'field.missing' : 'field.too_short',
      values: { minimum: issue.minimum },
    };
  }
  return { code: 'field.too_small', values: { minimum: issue.minimum } };
}
