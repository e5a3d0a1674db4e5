import type { z } from 'zod';
import { hasForbiddenCharacters } from '../../kit/text.ts';

/**
 * The first text, or name of a field, that holds what PostgreSQL cannot keep (NUL, half a character), as an issue of its
 * place; null when there is none. Fields made with `text()` say so themselves; this is for ids, codes and words of search.
 */
export function forbiddenText(value: unknown, path: readonly PropertyKey[] = []): z.core.$ZodIssueCustom | null {
  if (typeof value === 'string') {
    if (!hasForbiddenCharacters(value)) return null;
    const params = { code: 'field.forbidden_characters' };
    return { code: 'custom', path: [...path], message: '', input: undefined, params };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = forbiddenText(name, path) ?? forbiddenText(inner, [...path, name]);
    if (found) return found;
  }
  return null;
}
