import { type AnyRoute, createRoute, redirect } from '@tanstack/react-router';
import { CallBacksScreen } from '../../modules/call-backs/ui/index.ts';
import {
  CasePage,
  GridReportScreen,
  MyGridScreen,
  NewCaseScreen,
  QueuesHome,
  QueueScreen,
  SearchScreen,
} from '../../modules/cases/ui/index.ts';
import { ExclusionsScreen } from '../../modules/exclusions/ui/index.ts';
import { OrderScreen, SUPERVISION_SEARCH, SupervisionScreen } from '../../modules/supervision/ui/index.ts';
import { CallPage, DUTY_SEARCH, DutyScreen } from '../../modules/duty/ui/index.ts';
import { JOINT_SEARCH, JointPage, JointScreen } from '../../modules/joint-handling/ui/index.ts';
import { FIGURES_SEARCH, FiguresScreen } from '../../modules/statistics/ui/index.ts';
import { HotIssuesScreen, MergeScreen } from '../../modules/clusters/ui/index.ts';
import { keeping } from './keeping.ts';
import { homeOf } from './navigation.ts';
import type { Session } from './session.ts';

/** Addresses of the case screens, below the frame. */
export function caseRoutes(parent: AnyRoute): AnyRoute[] {
  const at = { getParentRoute: () => parent };
  return [
    createRoute({
      ...at,
      path: '/',
      component: QueuesHome,
      beforeLoad: ({ context }) => {
        const { session } = context as { session?: Session };
        const home = homeOf(session);
        if (home !== '/') throw redirect({ to: home });
      },
    }),
    createRoute({
      ...at,
      path: '/queues/$queue',
      component: QueueScreen,
      validateSearch: keeping(['lane', 'case', 'late']),
    }),
    createRoute({ ...at, path: '/cases/$id', component: CasePage }),
    createRoute({ ...at, path: '/cases/$id/merge', component: MergeScreen, validateSearch: keeping(['with']) }),
    createRoute({
      ...at,
      path: '/hot-issues',
      component: HotIssuesScreen,
      validateSearch: keeping(['state', 'issue']),
    }),
    createRoute({
      ...at,
      path: '/search',
      component: SearchScreen,
      validateSearch: keeping(['q', 'state', 'lane', 'area', 'classCode', 'organisation', 'late']),
    }),
    createRoute({
      ...at,
      path: '/supervision',
      component: SupervisionScreen,
      validateSearch: keeping(SUPERVISION_SEARCH),
    }),
    createRoute({ ...at, path: '/supervision/orders/$id', component: OrderScreen }),
    createRoute({ ...at, path: '/exclusions', component: ExclusionsScreen }),
    createRoute({
      ...at,
      path: '/call-backs',
      component: CallBacksScreen,
      validateSearch: keeping(['tab', 'list', 'case']),
    }),
    createRoute({ ...at, path: '/figures', component: FiguresScreen, validateSearch: keeping(FIGURES_SEARCH) }),
    createRoute({ ...at, path: '/new', component: NewCaseScreen }),
    createRoute({ ...at, path: '/joint', component: JointScreen, validateSearch: keeping(JOINT_SEARCH) }),
    createRoute({ ...at, path: '/joint/$id', component: JointPage }),
    createRoute({ ...at, path: '/duty', component: DutyScreen, validateSearch: keeping(DUTY_SEARCH) }),
    createRoute({ ...at, path: '/duty/$id', component: CallPage }),
    createRoute({ ...at, path: '/mine', component: MyGridScreen }),
    createRoute({ ...at, path: '/mine/report', component: GridReportScreen }),
  ];
}
