import { Link } from '@tanstack/react-router';

/** Opens the figures of an area, the rest of the question as it stands. */
export function AreaLink({ code, name, search }: { code: string; name: string; search: object }) {
  return (
    <Link className="area-link" to="/figures" search={{ ...search, area: code } as never}>
      {name}
    </Link>
  );
}
