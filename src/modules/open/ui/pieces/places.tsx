import { AreaPicker, type PickedArea, placeAt } from '../../../areas/ui/public.ts';
import { placeText } from '../../rules/place-names.ts';

export { AreaMap } from '../../../areas/ui/public.ts';
export { placeAt };

export type Place = { readonly code: string; readonly path: string };

type Props = {
  readonly value: string | null;
  readonly label: string;
  readonly toGrid?: boolean;
  readonly error?: string | undefined;
  readonly onPick: (place: Place | null) => void;
};

/** The list of areas, with paths as residents read them. */
export function PlaceList({ value, label, toGrid = false, error, onPick }: Props) {
  const pick = (picked: PickedArea | null) => onPick(picked && { code: picked.code, path: placeText(picked.path) });
  return <AreaPicker value={value} label={label} deepest={toGrid ? 'grid' : 'village'} error={error} onPick={pick} />;
}
