import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { CallBanner } from '../../../modules/duty/ui/index.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useNarrow } from '../../../platform/web/print.ts';
import { IdleGuard } from '../safety/idle-guard.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { useLiveCases } from './live.ts';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';

/** The frame of every page behind the sign-in: bar, rail (at phone width a bottom bar), content. */
export function Frame() {
  const { t } = useTexts();
  const narrow = useNarrow();
  const main = useFocusOnArrival();
  useLiveCases();
  return (
    <div className="frame">
      <a className="skip-link" href="#main">
        {t('web.skip')}
      </a>
      <IdleGuard />
      <TopBar narrow={narrow} />
      {!narrow && <Rail />}
      <main id="main" ref={main} tabIndex={-1} aria-label={t('office.main')}>
        <CallBanner />
        <Outlet />
      </main>
      {narrow && <BottomBar />}
    </div>
  );
}

/** After going to another page, the keyboard and the screen reader begin at its content. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
