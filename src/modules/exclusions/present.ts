import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { organisationsOf } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import type { Refusal } from '../../kit/result.ts';
import { caseLines } from '../cases/index.ts';
import { organisationNames, personNames } from '../organisations/index.ts';
import type { ExclusionView } from './contract.ts';
import { mayDecide } from './reach.ts';
import { type Exclusion, refuseDeciding, refuseRevoking } from './rules/exclusion.ts';
import { groundName } from './rules/grounds.ts';
import { groundRows } from './store.ts';

export type Reader = { readonly app: App; readonly actor: Actor; readonly locale: Locale };
type Names = Awaited<ReturnType<typeof organisationNames>>;

export function presentOffice(names: Names, id: string) {
  const found = names.get(id);
  return { id, name: found?.name ?? '', nameEn: found?.nameEn ?? '', shortName: found?.shortName ?? '' };
}

/** Exclusions as the office reads them, with what the reader may do. */
export async function presentExclusions(
  tx: ReadTx,
  { app, actor, locale }: Reader,
  items: readonly Exclusion[],
): Promise<ExclusionView[]> {
  const rows = await groundRows(tx);
  const lines = await caseLines(
    tx,
    items.map((item) => item.caseId),
  );
  const names = await organisationNames(
    tx,
    items.flatMap((item) =>
      [
        item.organisationId,
        item.askedByOrganisationId,
        item.decidedByOrganisationId,
        item.revokedByOrganisationId,
      ].flatMap((id) => id ?? []),
    ),
  );
  const people = await personNames(
    tx,
    items.flatMap((item) => [item.askedBy, ...(item.decidedBy ? [item.decidedBy] : [])]),
  );
  const office = (id: string | null) => (id === null ? null : presentOffice(names, id));
  const why = (refusal: Refusal | null) => ({
    allowed: refusal === null,
    reason: refusal && say(app.texts, locale, `refusal.${refusal.code}`, refusal.details),
  });
  const decider = actor.kind === 'officer' ? { userId: actor.userId, organisationIds: organisationsOf(actor) } : null;
  return items.map((item) => {
    const decides = decider !== null && mayDecide(app.permissions, actor, item.areaCode);
    return {
      ...{ id: item.id, version: item.version, words: item.words, state: item.state },
      case: { id: item.caseId, number: lines.get(item.caseId)?.number ?? '' },
      organisation: presentOffice(names, item.organisationId),
      ground: groundName(rows, item.ground),
      askedAt: item.askedAt.toISOString(),
      askedBy: people.get(item.askedBy) ?? '',
      askedByOrganisation: presentOffice(names, item.askedByOrganisationId),
      decidedAt: item.decidedAt?.toISOString() ?? null,
      decidedBy: item.decidedBy === null ? null : (people.get(item.decidedBy) ?? ''),
      decidedByOrganisation: office(item.decidedByOrganisationId),
      decisionWords: item.decisionWords,
      publicWords: item.publicWords,
      revokedAt: item.revokedAt?.toISOString() ?? null,
      revokedByOrganisation: office(item.revokedByOrganisationId),
      revocationWords: item.revocationWords,
      decide: decides && item.state === 'asked' ? why(refuseDeciding(item, decider)) : null,
      revoke: decides && item.state === 'granted' ? why(refuseRevoking(item, decider)) : null,
    };
  });
}

/** Exclusions as anybody reads them: what was written for the public, and offices, never persons. */
export async function presentPublic(tx: ReadTx, items: readonly Exclusion[]) {
  const rows = await groundRows(tx);
  const lines = await caseLines(
    tx,
    items.map((item) => item.caseId),
  );
  const names = await organisationNames(
    tx,
    items.flatMap((item) => [item.organisationId, item.decidedByOrganisationId ?? item.organisationId]),
  );
  const office = (id: string) => {
    const { name, nameEn } = presentOffice(names, id);
    return { name, nameEn };
  };
  return items.map((item) => ({
    id: item.id,
    number: lines.get(item.caseId)?.number ?? '',
    organisation: office(item.organisationId),
    ground: groundName(rows, item.ground),
    words: item.publicWords,
    decidedBy: office(item.decidedByOrganisationId ?? item.organisationId),
    decidedAt: (item.decidedAt ?? item.askedAt).toISOString(),
    revokedAt: item.revokedAt?.toISOString() ?? null,
  }));
}
