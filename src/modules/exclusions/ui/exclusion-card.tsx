import './exclusions.css';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import type { ExclusionView } from '../contract.ts';
import { DecideDialog, RevokeDialog } from './dialogs.tsx';
import { useNamed } from './names.ts';

/** One exclusion with who asked and decided, and what the reader may do. */
export function ExclusionCard({ of, withCase }: { readonly of: ExclusionView; readonly withCase: boolean }) {
  const { t } = useTexts();
  const named = useNamed();
  const [open, setOpen] = useState<'decide' | 'revoke'>();
  const may = of.decide ?? of.revoke;
  const step = of.decide ? 'decide' : 'revoke';
  return (
    <article className="exclusion">
      <p className="exclusion-head">
        <span className="chip">{t(`exclusions.ui.state.${of.state}`)}</span>
        <b>{named.ground(of.ground)}</b>
        {withCase && (
          <Link to="/cases/$id" params={{ id: of.case.id }} className="num">
            {of.case.number}
          </Link>
        )}
      </p>
      <dl className="pairs">
        <dt>{t('exclusions.ui.office')}</dt>
        <dd>{named.office(of.organisation)}</dd>
        <dt>{t('exclusions.ui.words')}</dt>
        <dd>{of.words}</dd>
        <dt>{t('exclusions.ui.asked_by')}</dt>
        <dd>
          {named.office(of.askedByOrganisation)} {of.askedBy} <Moment at={of.askedAt} className="num soft" />
        </dd>
        {of.decidedByOrganisation && of.decidedAt !== null && (
          <>
            <dt>{t('exclusions.ui.decided_by')}</dt>
            <dd>
              {named.office(of.decidedByOrganisation)} {of.decidedBy} <Moment at={of.decidedAt} className="num soft" />
              <br />
              {of.decisionWords}
            </dd>
          </>
        )}
        {of.publicWords !== null && (
          <>
            <dt>{t('exclusions.ui.public')}</dt>
            <dd>{of.publicWords}</dd>
          </>
        )}
        {of.revokedByOrganisation && (
          <>
            <dt>{t('exclusions.ui.revoked_by')}</dt>
            <dd>
              {named.office(of.revokedByOrganisation)} · {of.revocationWords}
            </dd>
          </>
        )}
      </dl>
      {may && (
        <Button disabled={!may.allowed} danger={step === 'revoke'} onClick={() => setOpen(step)}>
          {t(`exclusions.ui.${step}`)}…
        </Button>
      )}
      {may?.reason && <p className="soft">{may.reason}</p>}
      {open === 'decide' && <DecideDialog of={of} onClose={() => setOpen(undefined)} />}
      {open === 'revoke' && <RevokeDialog of={of} onClose={() => setOpen(undefined)} />}
    </article>
  );
}
