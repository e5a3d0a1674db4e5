export type Place = { readonly code: string; readonly path: string };
export type PlaceAt = { readonly inside: boolean; readonly code: string | null; readonly path: string | null };
export async function placeAt(_point: { lon: number; lat: number }): Promise<PlaceAt> {
  return { inside: true, code: null, path: null };
}
export function PlaceMap(_: {
  point: { lon: number; lat: number } | null;
  onPick: (p: { lon: number; lat: number }) => void;
}) {
  return <div className="map-frame" />;
}
export function ExtentMap(_: { code: string; name: string }) {
  return <div className="map-frame" />;
}
export function PlaceList(_: {
  value: string | null;
  toGrid?: boolean;
  error?: string | undefined;
  onPick: (p: Place | null) => void;
}) {
  return <div />;
}
