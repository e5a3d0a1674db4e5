import { useTexts } from '../../../../platform/web/i18n.tsx';

type Props = { readonly onIn: () => void; readonly onOut: () => void; readonly onWhole: () => void };

export function ZoomButtons({ onIn, onOut, onWhole }: Props) {
  const { t } = useTexts();
  return (
    <div className="area-map-zoom">
      <button type="button" aria-label={t('areas.map.zoom_in')} title={t('areas.map.zoom_in')} onClick={onIn}>
        <Icon path="M10 4v12M4 10h12" />
      </button>
      <button type="button" aria-label={t('areas.map.zoom_out')} title={t('areas.map.zoom_out')} onClick={onOut}>
        <Icon path="M4 10h12" />
      </button>
      <button type="button" aria-label={t('areas.map.whole')} title={t('areas.map.whole')} onClick={onWhole}>
        <Icon path="M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4" />
      </button>
    </div>
  );
}

function Icon({ path }: { readonly path: string }) {
  return (
    <svg viewBox="0 0 20 20" width="22" height="22" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
