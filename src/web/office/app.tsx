import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import {
  AnswerHelpsProvider,
  CasePanelsProvider,
  FilingHintsProvider,
  ListActionsProvider,
} from '../../modules/cases/ui/index.ts';
import type { Locale, Texts } from '../../platform/i18n/texts.ts';
import { currentLocale, watchLocale } from '../../platform/web/locale.ts';
import { TextsProvider, useTexts } from '../../platform/web/i18n.tsx';
import { ANSWER_HELPS, CASE_PANELS, FILING_HINTS, LIST_ACTIONS } from './case-panels.ts';
import { AskDialog } from './safety/ask-dialog.tsx';
import { loadTexts } from './load-texts.ts';
import { createOffice } from './router.tsx';
import { useOfficeTheme } from './theme.ts';

type Pack = NonNullable<Parameters<typeof ConfigProvider>[0]['locale']>;

/** Ant Design's own words; only the language in use is loaded. */
const packs: Readonly<Record<Locale, () => Promise<Packed>>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN.js'),
  en: () => import('antd/es/locale/en_GB.js'),
};

/** The package's types and its files disagree on whether the default export is wrapped once more. */
type Packed = { readonly default: Pack | { readonly default: Pack } };

function unpack({ default: inner }: Packed): Pack {
  return 'default' in inner ? inner.default : inner;
}

/** `texts` hold at least the language of the page. */
export function OfficeApp({ texts: first }: { texts: Texts }) {
  const [texts, setTexts] = useState(first);
  useEffect(
    () =>
      watchLocale(() => {
        void loadTexts(currentLocale()).then(setTexts);
      }),
    [],
  );
  const catalogues = useMemo(() => [texts], [texts]);
  return (
    <TextsProvider texts={catalogues}>
      <Themed />
    </TextsProvider>
  );
}

function Themed() {
  const { locale } = useTexts();
  const theme = useOfficeTheme();
  const pack = usePack(locale);
  const [office] = useState(createOffice);
  return (
    <ConfigProvider theme={theme} {...(pack ? { locale: pack } : {})} button={{ autoInsertSpace: false }}>
      <AntApp component={false} message={{ maxCount: 3 }}>
        <QueryClientProvider client={office.queries}>
          <CasePanelsProvider value={CASE_PANELS}>
            <FilingHintsProvider value={FILING_HINTS}>
              <AnswerHelpsProvider value={ANSWER_HELPS}>
                <ListActionsProvider value={LIST_ACTIONS}>
                  <RouterProvider router={office.router} />
                </ListActionsProvider>
              </AnswerHelpsProvider>
            </FilingHintsProvider>
          </CasePanelsProvider>
          <AskDialog onSecondFactorNeeded={office.leaveForProtection} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

function usePack(locale: Locale): Pack | undefined {
  const [pack, setPack] = useState<Pack>();
  useEffect(() => {
    let wanted = true;
    void packs[locale]().then((loaded) => {
      if (wanted) setPack(unpack(loaded));
    });
    return () => {
      wanted = false;
    };
  }, [locale]);
  return pack;
}
