import { useCallback, useRef, useState } from 'react';

export type Found = { readonly lon: number; readonly lat: number; readonly metres: number };
export type Position = {
  readonly state: 'idle' | 'finding' | 'denied' | 'unavailable';
  readonly find: () => void;
};

const PERMISSION_DENIED = 1;

/**
 * Asks the phone where it is, once, when the person asks for it. Browsers give positions to https pages alone; over
 * plain http the answer is 'unavailable'.
 */
export function usePosition(onFound: (found: Found) => void): Position {
  const [state, setState] = useState<Position['state']>('idle');
  const told = useRef(onFound);
  told.current = onFound;
  const find = useCallback(() => {
    if (!('geolocation' in navigator)) {
      setState('unavailable');
      return;
    }
    setState('finding');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('idle');
        told.current({ lon: coords.longitude, lat: coords.latitude, metres: Math.round(coords.accuracy) });
      },
      (error) => setState(error.code === PERMISSION_DENIED ? 'denied' : 'unavailable'),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  }, []);
  return { state, find };
}
