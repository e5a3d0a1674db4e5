import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { TemplatesScreen } from '../../modules/answers/ui/index.ts';
import { AREAS_SEARCH, AreasScreen } from '../../modules/areas/ui/index.ts';
import { CatalogueScreen, DispatchListScreen } from '../../modules/catalogue/ui/index.ts';
import { HistoryScreen } from '../../modules/ledger/ui/index.ts';
import { InboxScreen, MessagesScreen } from '../../modules/messages/ui/index.ts';
import { PrivacyScreen } from '../../modules/privacy/ui/index.ts';
import { TriageScreen } from '../../modules/triage/ui/index.ts';
import { keeping } from './keeping.ts';

/** This door also holds fields for other screens, so it is not opened before one of them is needed. */
const organisations = () => import('../../modules/organisations/ui/index.ts');

/** Addresses of alerts and administration, below the frame. Each screen loads from its module's door when it is opened. */
export function adminRoutes(parent: AnyRoute): AnyRoute[] {
  const at = { getParentRoute: () => parent };
  return [
    createRoute({ ...at, path: '/areas', component: AreasScreen, validateSearch: keeping(AREAS_SEARCH) }),
    createRoute({ ...at, path: '/history', component: HistoryScreen }),
    createRoute({ ...at, path: '/answer-templates', component: TemplatesScreen, validateSearch: keeping(['step']) }),
    createRoute({ ...at, path: '/inbox', component: InboxScreen }),
    createRoute({ ...at, path: '/privacy', component: PrivacyScreen, validateSearch: keeping(['tab']) }),
    createRoute({ ...at, path: '/messages', component: MessagesScreen }),
    createRoute({ ...at, path: '/triage', component: TriageScreen }),
    createRoute({
      ...at,
      path: '/organisations',
      component: lazyRouteComponent(organisations, 'OrganisationsScreen'),
      validateSearch: keeping(['id', 'q', 'kind', 'closed']),
    }),
    createRoute({
      ...at,
      path: '/posts',
      component: lazyRouteComponent(organisations, 'PostsScreen'),
      validateSearch: keeping(['tab', 'q', 'role', 'area', 'over']),
    }),
    createRoute({
      ...at,
      path: '/catalogue',
      component: CatalogueScreen,
      validateSearch: keeping(['tab', 'lane', 'q', 'class']),
    }),
    createRoute({
      ...at,
      path: '/dispatch-list',
      component: DispatchListScreen,
      validateSearch: keeping(['q', 'classCode', 'level', 'over']),
    }),
    createRoute({
      ...at,
      path: '/accounts',
      component: lazyRouteComponent(() => import('./admin/accounts.tsx'), 'AccountsScreen'),
    }),
    createRoute({
      ...at,
      path: '/audit',
      validateSearch: keeping(['actor', 'action', 'targetId', 'address', 'result', 'from', 'to']),
      component: lazyRouteComponent(() => import('./admin/audit.tsx'), 'AuditScreen'),
    }),
  ];
}
