import { useState } from 'react';
import { useLocation } from 'wouter';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { announce } from '../pieces/announce.tsx';
import { Page } from '../pieces/page.tsx';
import { PlaceList, placeAt } from '../pieces/places.tsx';
import { useSettings } from '../pieces/settings.tsx';
import { usePosition } from '../pieces/use-position.ts';

const GRID_DIGITS = 15;

/** From a position or a list down to the grid. */
export function FindGrid() {
  const { t } = useTexts();
  const [, go] = useLocation();
  const [area, setArea] = useState<string | null>(null);
  const [said, setSaid] = useState<string>();
  const place = useSettings()?.jurisdiction.shortName ?? '';
  const tell = (text: string) => {
    setSaid(text);
    announce(text);
  };
  const position = usePosition((found) => {
    placeAt(found).then(
      (at) => {
        if (!at.inside) tell(t('open.grid.outside', { place }));
        else if (at.schematic) tell(t('open.grid.not_drawn'));
        else if (at.code && at.code.length >= GRID_DIGITS) go(`/grid/${at.code.slice(0, GRID_DIGITS)}`);
        else tell(t('open.grid.pick_more'));
      },
      () => tell(t('open.grid.unavailable')),
    );
  });
  const finding = position.state === 'finding';
  const refused = position.state === 'denied' || position.state === 'unavailable';
  return (
    <Page title={t('open.grid.title')} back="/">
      <p>{t('open.grid.intro')}</p>
      <button type="button" className="button button-large" aria-disabled={finding} onClick={position.find}>
        {t(finding ? 'open.grid.finding' : 'open.grid.here')}
      </button>
      <p role="status" className="soft">
        {refused ? t('open.grid.unavailable') : said}
      </p>
      <h2>{t('open.grid.pick')}</h2>
      <PlaceList
        value={area}
        label={t('open.grid.pick')}
        toGrid
        onPick={(picked) => {
          setArea(picked?.code ?? null);
          if (picked && picked.code.length >= GRID_DIGITS) go(`/grid/${picked.code}`);
        }}
      />
      {area !== null && <p className="soft">{t('open.grid.pick_more')}</p>}
    </Page>
  );
}
