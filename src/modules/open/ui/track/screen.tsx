import { useReducer } from 'react';
import { useParams, useSearch } from 'wouter';
import { joinTexts } from '../../../../platform/i18n/texts.ts';
import { MoreTexts } from '../../../../platform/web/i18n.tsx';
import { photoTexts } from '../../texts/photos.ts';
import { trackTexts } from '../../texts/track.ts';
import { caseProof } from '../pieces/session.ts';
import './track.css';
import { ByNumber } from './by-number.tsx';
import { ByPhone } from './by-phone.tsx';
import { CasePage } from './case-page.tsx';
import { Mine } from './mine.tsx';

const texts = joinTexts([trackTexts, photoTexts]);

/** Without proof the two keys are asked for; with it, how the request stands. */
export function TrackScreen() {
  const { number } = useParams<{ number?: string }>();
  // Opening may end at the address one stands at already; then only this tells that there is a proof now.
  // A proof that has ended leads to this same address, with that said behind it.
  useSearch();
  const [, opened] = useReducer((turn: number) => turn + 1, 0);
  return (
    <MoreTexts texts={texts}>
      {number !== undefined && caseProof(number) !== undefined ? (
        <CasePage key={number} number={number} />
      ) : (
        <ByNumber number={number} onOpened={opened} />
      )}
    </MoreTexts>
  );
}

export function PhoneScreen() {
  return (
    <MoreTexts texts={texts}>
      <ByPhone />
    </MoreTexts>
  );
}

export function MineScreen() {
  return (
    <MoreTexts texts={texts}>
      <Mine />
    </MoreTexts>
  );
}
