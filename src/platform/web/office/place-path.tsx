/**
 * A place from the town down, shortened from the left when there is no room: the last part tells places apart, and the
 * first is mostly the same. The whole path stands in the title.
 */
export function PlacePath({ path, full }: { path: string; full?: string }) {
  return (
    <span className="place-path" title={full ?? path}>
      <bdi>{path}</bdi>
    </span>
  );
}
