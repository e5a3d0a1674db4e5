import { segment } from '../../platform/search/words.ts';
import { type Words, wordsOf } from './rules/features.ts';

/** A request as the classifier reads it. */
export function readWords(title: string | null, body: string): Words {
  return wordsOf(title === null ? [] : segment(title), segment(body));
}
