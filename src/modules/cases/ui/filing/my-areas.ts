import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../platform/web/client.ts';
import { listMyPosts } from '../../../organisations/contract.ts';

export type MyArea = { readonly code: string; readonly name: string; readonly path: string };

/** Roles whose holders walk an area and report from it. */
const FIELD_ROLES = ['grid_worker', 'community_worker'];

/** The grids and communities of the reader's own field posts. */
export function useMyAreas(): readonly MyArea[] {
  const { data } = useQuery({
    queryKey: ['my-posts'],
    queryFn: ({ signal }) => call(listMyPosts, { signal }),
    staleTime: 10 * 60_000,
  });
  const posts = data?.items.filter((post) => FIELD_ROLES.includes(post.role)) ?? [];
  const areas = posts.flatMap((post) => post.scope);
  return [...new Map(areas.map((area) => [area.code, area])).values()];
}
