import { useTexts } from '../../../../platform/web/i18n.tsx';

type Props = { readonly onIn: () => void; readonly onOut: () => void; readonly onWhole: () => void };

export function ZoomButtons({ onIn, onOut, onWhole }: Props) {
  const { t } = useTexts();
  return (
    <div className="area-map-zoom">
      <button type="button" aria-label={t('areas.map.zoom_in')} title={t('areas.map.zoom_in')} onClick={onIn}>
        <span aria-hidden="true">+</span>
      </button>
      <button type="button" aria-label={t('areas.map.zoom_out')} title={t('areas.map.zoom_out')} onClick={onOut}>
        <span aria-hidden="true">−</span>
      </button>
      <button type="button" aria-label={t('areas.map.whole')} title={t('areas.map.whole')} onClick={onWhole}>
        <span aria-hidden="true">⤢</span>
      </button>
    </div>
  );
}
