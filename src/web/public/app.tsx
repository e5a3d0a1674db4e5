import { Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { mailboxScreen } from '../../modules/messages/ui/public.ts';
import { Home, Loading, NotFound, SettingsProvider, screens } from '../../modules/open/ui/public.ts';
import { portalTexts } from '../../modules/open/texts/portal.ts';
import { TextsProvider, useTexts } from '../../platform/web/i18n.tsx';
import { webTexts } from '../../platform/web/texts.ts';
import { Frame } from './frame.tsx';
import { Guard } from './guard.tsx';

const catalogues = [webTexts, portalTexts];

/** The residents' portal: the home page at once, every other screen when it is asked for. */
export function PortalApp() {
  return (
    <TextsProvider texts={catalogues}>
      <SettingsProvider>
        <Frame>
          <Guard>
            <Switch>
              <Route path="/" component={Home} />
              {[...screens, mailboxScreen].map(({ path, screen: Screen }) => (
                // Each waits for itself alone: the switch above goes on listening while a screen comes.
                <Route key={path} path={path}>
                  <Suspense fallback={<Coming />}>
                    <Screen />
                  </Suspense>
                </Route>
              ))}
              <Route component={NotFound} />
            </Switch>
          </Guard>
        </Frame>
      </SettingsProvider>
    </TextsProvider>
  );
}

function Coming() {
  const { t } = useTexts();
  return (
    <div className="page">
      <Loading rows={5} t={t} />
    </div>
  );
}
