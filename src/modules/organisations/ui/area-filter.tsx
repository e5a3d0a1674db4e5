import { useTexts } from '../../../platform/web/i18n.tsx';
import { AreaTreeSelect } from './area-tree-select.tsx';

type Props = { readonly area: string | undefined; readonly onArea: (area: string | undefined) => void };

/** Narrows a list to an area and what lies below it. */
export function AreaFilter({ area, onArea }: Props) {
  const { t } = useTexts();
  return (
    <span className="org-area-filter">
      <AreaTreeSelect
        multiple={false}
        value={area ? [area] : []}
        onChange={(codes) => onArea(codes[0])}
        placeholder={t('organisations.ui.area')}
        aria-label={t('organisations.ui.area')}
      />
    </span>
  );
}
