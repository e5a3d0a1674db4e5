import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isProblem } from '../../platform/web/client.ts';
import { signedIn } from '../../platform/web/office/me.ts';
import { adminRoutes } from './admin-routes.tsx';
import { caseRoutes } from './case-routes.tsx';
import { BrokenPage, NotFoundPage, PendingPage } from './entry/pages.tsx';
import { Frame } from './frame/frame.tsx';
import { isPlace, keeping } from './keeping.ts';
import { mySession } from './session.ts';

/**
 * The office's addresses under /office. Screens come from the modules' doors and load when they are opened. A refusal
 * 'sign in first' leads to the sign-in page from anywhere and back to the same place afterwards.
 */
export function createOffice() {
  const queries = createQueries(() => leaveForSignIn());
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });
  const signIn = createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: (search): SignInSearch => ({
      ...(isPlace(search['from']) ? { from: search['from'] } : {}),
      ...(search['again'] === true ? { again: true } : {}),
      ...keeping(['username', 'refused', 'next'])(search),
    }),
    component: lazyRouteComponent(() => import('./entry/sign-in.tsx'), 'SignInPage'),
  });
  const welcome = createRoute({
    getParentRoute: () => root,
    path: '/welcome',
    component: lazyRouteComponent(() => import('./entry/welcome.tsx'), 'WelcomePage'),
  });
  const protect = createRoute({
    getParentRoute: () => root,
    path: '/protect',
    validateSearch: (search): { from?: string } => (isPlace(search['from']) ? { from: search['from'] } : {}),
    component: lazyRouteComponent(() => import('./safety/protect-page.tsx'), 'ProtectPage'),
  });
  const proved = createRoute({
    getParentRoute: () => root,
    path: '/proved',
    component: lazyRouteComponent(() => import('./safety/proved-page.tsx'), 'ProvedPage'),
  });
  const inside = createRoute({
    getParentRoute: () => root,
    id: 'inside',
    component: Frame,
    beforeLoad: async ({ location }) => {
      const session = await queries.ensureQueryData(mySession).catch((error: unknown) => {
        if (isProblem(error) && error.status === 401) {
          throw redirect({ to: '/sign-in', search: { from: location.href } });
        }
        throw error;
      });
      if (queries.getQueryData(signedIn.queryKey)?.secondFactor === 'missing') {
        throw redirect({ to: '/protect', search: { from: location.href } });
      }
      return { session };
    },
  });
  const password = createRoute({
    getParentRoute: () => inside,
    path: '/password',
    component: lazyRouteComponent(() => import('./entry/password.tsx'), 'PasswordPage'),
  });
  const safety = createRoute({
    getParentRoute: () => inside,
    path: '/safety',
    component: lazyRouteComponent(() => import('./safety/safety-page.tsx'), 'SafetyPage'),
  });
  const router = createRouter({
    routeTree: root.addChildren([
      signIn,
      welcome,
      protect,
      proved,
      inside.addChildren([password, safety, ...caseRoutes(inside), ...adminRoutes(inside)]),
    ]),
    basepath: '/office',
    defaultPreload: 'intent',
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });

  function leaveForSignIn() {
    const { pathname, href } = router.state.location;
    if (pathname.endsWith('/sign-in') || pathname.endsWith('/welcome') || pathname.endsWith('/protect')) return;
    queries.clear();
    void router.navigate({ to: '/sign-in', search: { from: href, again: true } });
  }

  /** A post was given meanwhile that needs a second factor. */
  function leaveForProtection() {
    const { pathname, href } = router.state.location;
    if (pathname.endsWith('/protect')) return;
    queries.clear();
    void router.navigate({ to: '/protect', search: { from: href } });
  }
  return { router, queries, leaveForProtection };
}

/** `refused` and `next`: how a way through another sign-in service ended. */
type SignInSearch = { from?: string; again?: boolean; username?: string; refused?: string; next?: string };

function isAboutSession(key: readonly unknown[]): boolean {
  return key[0] === 'session' || key[0] === 'auth';
}

function createQueries(onSignedOut: () => void): QueryClient {
  const notice = (error: unknown) => {
    if (isProblem(error) && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    // Whoever was never signed in is led there by the route; this is for a sign-in that ended meanwhile.
    queryCache: new QueryCache({ onError: (error, query) => isAboutSession(query.queryKey) || notice(error) }),
    mutationCache: new MutationCache({ onError: notice }),
    // The client tries again by itself when the network fails; a refusal does not change by repeating.
    defaultOptions: { queries: { staleTime: 15_000, retry: false }, mutations: { retry: false } },
  });
}
