import './areas.css';
import { Link, useSearch } from '@tanstack/react-router';
import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { useMay } from '../../../../platform/web/office/me.ts';
import { useTitle } from '../../../../platform/web/office/title.ts';
import { areasOfficeTexts } from '../../texts/office.ts';
import { AddressesView } from './addresses-view.tsx';
import { ImportsView } from './imports-view.tsx';
import type { AreasSearch } from './search.ts';
import { SetsView } from './sets-view.tsx';
import { TreeView } from './tree-view.tsx';

const VIEWS = {
  tree: { show: TreeView, actions: ['areas.read'] },
  sets: { show: SetsView, actions: ['areas.read'] },
  addresses: { show: AddressesView, actions: ['areas.read_addresses'] },
  imports: { show: ImportsView, actions: ['areas.manage'] },
} as const;
type View = keyof typeof VIEWS;

/** Divisions and grids, sets of areas, addresses, imports. Its texts come with it, not with the office's first load. */
export function AreasScreen() {
  return (
    <MoreTexts texts={areasOfficeTexts}>
      <Views />
    </MoreTexts>
  );
}

/** The address holds what is shown. */
function Views() {
  const { t } = useTexts();
  const search: AreasSearch = useSearch({ strict: false });
  const view: View = search.view !== undefined && search.view in VIEWS ? (search.view as View) : 'tree';
  const offered: Record<View, boolean> = {
    tree: true,
    sets: useMay(...VIEWS.sets.actions),
    addresses: useMay(...VIEWS.addresses.actions),
    imports: useMay(...VIEWS.imports.actions),
  };
  useTitle(t('areas.ui.title'));
  const Shown = VIEWS[view].show;
  return (
    <div className="page areas-page">
      <h1>{t('areas.ui.title')}</h1>
      <nav className="areas-views" aria-label={t('areas.ui.views')}>
        {(Object.keys(VIEWS) as View[])
          .filter((one) => offered[one])
          .map((one) => (
            <Link key={one} to="/areas" search={{ view: one }} aria-current={one === view ? 'page' : undefined}>
              {t(`areas.ui.view.${one}`)}
            </Link>
          ))}
      </nav>
      <Shown search={search} />
    </div>
  );
}
