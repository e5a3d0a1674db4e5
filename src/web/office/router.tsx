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
import { adminRoutes } from './admin-routes.tsx';
import { caseRoutes } from './case-routes.tsx';
import { BrokenPage, NotFoundPage, PendingPage } from './entry/pages.tsx';
import { Frame } from './frame/frame.tsx';
import { isPlace } from './keeping.ts';
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
    validateSearch: (search): { from?: string; again?: boolean; username?: string } => ({
      ...(isPlace(search['from']) ? { from: search['from'] } : {}),
      ...(search['again'] === true ? { again: true } : {}),
      ...(typeof search['username'] === 'string' ? { username: search['username'] } : {}),
    }),
    component: lazyRouteComponent(() => import('./entry/sign-in.tsx'), 'SignInPage'),
  });
  const welcome = createRoute({
    getParentRoute: () => root,
    path: '/welcome',
    component: lazyRouteComponent(() => import('./entry/welcome.tsx'), 'WelcomePage'),
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
      return { session };
    },
  });
  const password = createRoute({
    getParentRoute: () => inside,
    path: '/password',
    component: lazyRouteComponent(() => import('./entry/password.tsx'), 'PasswordPage'),
  });
  const router = createRouter({
    routeTree: root.addChildren([
      signIn,
      welcome,
      inside.addChildren([password, ...caseRoutes(inside), ...adminRoutes(inside)]),
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
    if (pathname.endsWith('/sign-in') || pathname.endsWith('/welcome')) return;
    queries.clear();
    void router.navigate({ to: '/sign-in', search: { from: href, again: true } });
  }
  return { router, queries };
}

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
