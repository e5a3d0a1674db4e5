import { Link } from 'wouter';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { PublicGrid } from '../../../organisations/contract.ts';
import { api } from '../endpoints.ts';
import { Page } from '../pieces/page.tsx';
import { AreaMap } from '../pieces/places.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { useLoad } from '../pieces/use-load.ts';

/** What must be posted of a grid: name, extent, who works in it, phone and complaint line. */
export function GridPage({ code }: { readonly code: string }) {
  const { t } = useTexts();
  const loaded = useLoad(`grid ${code}`, (signal) => call(api.readPublicGrid, { params: { code }, signal }));
  if (isProblem(loaded.error, 'organisations.grid_unknown') || isProblem(loaded.error, 'http.not_found'))
    return <Unknown />;
  if (!loaded.value) {
    return (
      <Page key="coming" title={t('open.grid.title')} back="/grid">
        {loaded.error ? <Failed error={loaded.error} onRetry={loaded.reload} /> : <Loading rows={4} t={t} />}
      </Page>
    );
  }
  return <Grid grid={loaded.value} />;
}

function Unknown() {
  const { t } = useTexts();
  return (
    <Page title={t('open.grid.none')} back="/grid">
      <p>{t('open.grid.none_text')}</p>
      <Link href="/grid" className="button button-primary">
        {t('open.grid.pick')}
      </Link>
    </Page>
  );
}

function Grid({ grid }: { readonly grid: PublicGrid }) {
  const { t } = useTexts();
  const town = grid.path.find((step) => step.level === 'town');
  const village = grid.path.find((step) => step.level === 'village');
  const above = grid.path.filter((step) => step !== village && step.code !== grid.code);
  return (
    <Page title={[village?.name, grid.name].filter(Boolean).join(' ')} back="/grid" className="grid-page">
      <p className="soft">{above.map((step) => step.name).join(' · ')}</p>
      <Team grid={grid} />
      <Phones grid={grid} />
      <section aria-labelledby="extent">
        <h2 id="extent">{t('open.grid.extent')}</h2>
        <AreaMap code={grid.code} selected={grid.code} />
      </section>
      <div className="actions">
        <Link href="/report" className="button button-primary">
          {t('open.grid.report')}
        </Link>
        {town && (
          <Link href={`/cases?area=${town.code}`} className="button">
            {t('open.grid.cases')}
          </Link>
        )}
      </div>
    </Page>
  );
}

function Team({ grid }: { readonly grid: PublicGrid }) {
  const { t, locale } = useTexts();
  return (
    <section aria-labelledby="team">
      <h2 id="team">{t('open.grid.team')}</h2>
      {grid.team.length === 0 ? (
        <p>{t('open.grid.vacant')}</p>
      ) : (
        <ul className="people">
          {grid.team.map((member) => (
            <li key={`${member.name} ${member.gridRole}`}>
              <span>
                <b>{locale === 'en' ? member.nameEn || member.name : member.name}</b>
                <small>{t(`open.grid.role_${member.gridRole}`)}</small>
              </span>
              {member.phone && <Call phone={member.phone} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Phones({ grid }: { readonly grid: PublicGrid }) {
  const { t, locale } = useTexts();
  const nameOf = (one: { name: string; nameEn: string }) => (locale === 'en' ? one.nameEn || one.name : one.name);
  return (
    <ul className="people">
      {grid.village && (
        <li>
          <span>
            <b>{t('open.grid.phone')}</b>
            <small>{nameOf(grid.village)}</small>
          </span>
          {grid.village.phone ? <Call phone={grid.village.phone} /> : <small>{t('open.grid.no_phone')}</small>}
        </li>
      )}
      {grid.complaint && (
        <li>
          <span>
            <b>{t('open.grid.complaint')}</b>
            <small>
              {nameOf(grid.complaint)} · {t('open.grid.complaint_hint')}
            </small>
          </span>
          <Call phone={grid.complaint.phone} />
        </li>
      )}
    </ul>
  );
}

function Call({ phone }: { readonly phone: string }) {
  const { t } = useTexts();
  return (
    <a className="button num" href={`tel:${phone}`} aria-label={t('open.grid.call', { phone })}>
      {phone}
    </a>
  );
}
