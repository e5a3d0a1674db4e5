import { MoreTexts } from '../../../../platform/web/i18n.tsx';
import { releasedTexts } from '../../texts/released.ts';
import './released.css';
import { ReleasedList } from './list.tsx';
import { ReleasedOne } from './one.tsx';

export function ListScreen() {
  return (
    <MoreTexts texts={releasedTexts}>
      <ReleasedList />
    </MoreTexts>
  );
}

export function OneScreen() {
  return (
    <MoreTexts texts={releasedTexts}>
      <ReleasedOne />
    </MoreTexts>
  );
}
