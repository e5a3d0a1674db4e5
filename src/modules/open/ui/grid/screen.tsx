import { useParams } from 'wouter';
import { joinTexts } from '../../../../platform/i18n/texts.ts';
import { MoreTexts } from '../../../../platform/web/i18n.tsx';
import { areaPublicTexts } from '../../../areas/texts/public.ts';
import { releasedTexts } from '../../texts/released.ts';
import './grid.css';
import { FindGrid } from './find-grid.tsx';
import { GridPage } from './grid-page.tsx';

const texts = joinTexts([releasedTexts, areaPublicTexts]);

export function GridScreen() {
  const { code } = useParams<{ code?: string }>();
  return <MoreTexts texts={texts}>{code === undefined ? <FindGrid /> : <GridPage key={code} code={code} />}</MoreTexts>;
}
