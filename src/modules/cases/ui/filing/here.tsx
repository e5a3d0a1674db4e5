import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useBusy } from '../steps/busy.ts';

/** Where the device is, WGS 84. */
export type Here = { readonly lon: number; readonly lat: number };

type State =
  | { readonly kind: 'none' | 'finding' | 'refused' | 'failed' }
  | { readonly kind: 'found'; readonly metres: number };

type Props = { readonly value?: Here | null; readonly onChange?: (point: Here) => void };

/** Records where the person stands, when he says so and never by itself. */
export function HereButton({ value, onChange }: Props) {
  const { t } = useTexts();
  const [state, setState] = useState<State>({ kind: 'none' });
  const tell = useBusy();
  const find = () => {
    if (!('geolocation' in navigator)) return setState({ kind: 'failed' });
    setState({ kind: 'finding' });
    tell(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        tell(false);
        setState({ kind: 'found', metres: Math.round(coords.accuracy) });
        onChange?.({ lon: coords.longitude, lat: coords.latitude });
      },
      (error) => {
        tell(false);
        setState({ kind: error.code === error.PERMISSION_DENIED ? 'refused' : 'failed' });
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  };
  return (
    <>
      <Button onClick={find} loading={state.kind === 'finding'}>
        {t(value ? 'cases.ui.position_again' : 'cases.ui.position_take')}
      </Button>{' '}
      <span role="status">{state.kind === 'found' && t('cases.ui.position_found', { metres: state.metres })}</span>
      {(state.kind === 'refused' || state.kind === 'failed') && (
        <Alert type="warning" title={t(`cases.ui.position_${state.kind}`)} />
      )}
    </>
  );
}
