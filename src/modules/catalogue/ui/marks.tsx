import { useTexts } from '../../../platform/web/i18n.tsx';
import type { ClassItem } from '../contract.ts';

/** The yes-and-no facts of a class in the order of forms, with the key of their text. */
export const MARKS = [
  ['petition', 'petition'],
  ['settleOnSpot', 'settle'],
  ['needsPhoto', 'photo'],
  ['callBackBefore', 'call_back'],
] as const satisfies readonly (readonly [keyof ClassItem, string])[];

type Marked = Pick<
  ClassItem,
  'petition' | 'settleOnSpot' | 'needsPhoto' | 'callBackBefore' | 'sensitivity' | 'defaultUrgency'
>;

/** What is special about a class, in words. */
export function Marks({ of }: { of: Marked }) {
  const { t } = useTexts();
  const shown = [
    ...(of.sensitivity === 'sealed' ? ['sealed'] : []),
    ...(of.defaultUrgency === 'urgent' ? ['urgent'] : []),
    ...MARKS.flatMap(([fact, text]) => (of[fact] ? [text] : [])),
  ];
  return (
    <span className="cat-marks">
      {shown.map((text) => (
        <span key={text} className="cat-mark">
          {t(`catalogue.ui.${text}`).split(/[：:]/)[0]}
        </span>
      ))}
    </span>
  );
}
