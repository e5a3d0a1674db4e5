import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { keeping } from './keeping.ts';

/** Addresses of administration, below the frame. Each screen loads from its module's door when it is opened. */
export function adminRoutes(parent: AnyRoute): AnyRoute[] {
  const at = { getParentRoute: () => parent };
  return [
    createRoute({
      ...at,
      path: '/accounts',
      component: lazyRouteComponent(() => import('./admin/accounts.tsx'), 'AccountsScreen'),
    }),
    createRoute({
      ...at,
      path: '/audit',
      validateSearch: keeping(['actor', 'action', 'targetId', 'result', 'from', 'to']),
      component: lazyRouteComponent(() => import('./admin/audit.tsx'), 'AuditScreen'),
    }),
  ];
}
