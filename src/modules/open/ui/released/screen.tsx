import { joinTexts } from '../../../../platform/i18n/texts.ts';
import { MoreTexts } from '../../../../platform/web/i18n.tsx';
import { areaPublicTexts } from '../../../areas/texts/public.ts';
import { releasedTexts } from '../../texts/released.ts';
import './released.css';
import { ReleasedList } from './list.tsx';
import { ReleasedOne } from './one.tsx';

const texts = joinTexts([releasedTexts, areaPublicTexts]);

export function ListScreen() {
  return (
    <MoreTexts texts={texts}>
      <ReleasedList />
    </MoreTexts>
  );
}

export function OneScreen() {
  return (
    <MoreTexts texts={texts}>
      <ReleasedOne />
    </MoreTexts>
  );
}
