export function PublicMap(_: {
  points: readonly { lon: number; lat: number; number: string; title: string; phase: string }[];
}) {
  return <div className="map-frame" />;
}
