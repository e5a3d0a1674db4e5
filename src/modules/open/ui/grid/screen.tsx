import { useParams } from 'wouter';
import { MoreTexts } from '../../../../platform/web/i18n.tsx';
import { releasedTexts } from '../../texts/released.ts';
import './grid.css';
import { FindGrid } from './find-grid.tsx';
import { GridPage } from './grid-page.tsx';

export function GridScreen() {
  const { code } = useParams<{ code?: string }>();
  return (
    <MoreTexts texts={releasedTexts}>
      {code === undefined ? <FindGrid /> : <GridPage key={code} code={code} />}
    </MoreTexts>
  );
}
