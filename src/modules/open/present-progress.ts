import { isRefusal, type Result } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { type FileInfo, fileInfos, residentFileLinks } from '../../platform/files/index.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { type CaseState, type ResidentCase, residentCase } from '../cases/index.ts';
import { findOrganisation } from '../organisations/index.ts';
import type { CaseImage, CasePaper, Progress, ProgressStep } from './contract.ts';
import { loadNames, type Names } from './names.ts';
import { comingSteps, isLate } from './rules/coming-steps.ts';
import { pastSteps, type StepDraft, type Told } from './rules/past-steps.ts';
import { phaseOf } from './rules/phase.ts';

/** Who reads, when, in which language. */
export type Reading = { readonly tx: ReadTx; readonly actor: Actor; readonly locale: Locale; readonly now: Date };

type Files = (ids: readonly string[]) => { images: CaseImage[]; papers: CasePaper[] };
type Parts = { readonly app: App; readonly reading: Reading; readonly names: Names; readonly files: Files };

/** The requester's own case, said in words. Refuses `cases.not_found`. */
export async function presentProgress(app: App, reading: Reading, caseId: string): Promise<Result<Progress>> {
  const { tx, actor, locale, now } = reading;
  const found = await residentCase(tx, actor, caseId, now);
  if (isRefusal(found)) return found;
  const { state } = found;
  const told = found.events.map(toldOf);
  const drafts = [...pastSteps(told), ...comingSteps(state)];
  const names = await loadNames(tx, locale, {
    offices: [state.dispatch?.leadId ?? null, ...drafts.flatMap((draft) => [draft.officeId, draft.deciderId])],
    classes: [state.caseClass.code],
    areas: [state.areaCode],
  });
  const files = await loadFiles(app, reading, told);
  const parts = { app, reading, names, files };
  const phase = phaseOf(state.state);
  return {
    number: state.number,
    title: found.title,
    text: found.body,
    className: names.className(state.caseClass.code),
    place: [names.place(state.areaCode), found.placeText].filter(Boolean).join(' · ') || null,
    filedAt: state.openedAt,
    phase,
    phaseText: say(app.texts, locale, `open.state.${state.state}`),
    dueAt: state.clocks.total.dueAt,
    late: isLate(state, phase, now),
    lead: await leadOf(tx, state, names),
    images: files(told[0]?.fileIds ?? []).images,
    steps: drafts.map((draft) => stepOf(parts, draft, told[0])),
    rating: ratingOf(state, found),
    can: permissionsOf(app, reading, found),
    released: state.publicState === 'released',
  };
}

type Event = ResidentCase['events'][number];

function toldOf(event: Event): Told {
  const { seq, kind, at, party, payload, content } = event;
  return { seq, kind, at, party, payload, content, organisationId: event.organisation_id, fileIds: event.file_ids };
}

async function loadFiles(app: App, { tx, now }: Reading, told: readonly Told[]): Promise<Files> {
  const infos = await fileInfos(tx, [...new Set(told.flatMap((event) => event.fileIds))]);
  const byId = new Map(infos.map((info) => [info.id, info]));
  return (ids) => {
    const known = ids.flatMap((id) => byId.get(id) ?? []);
    const links = (file: FileInfo) => residentFileLinks(app.vault, file.id, now);
    return {
      images: known
        .filter(isImage)
        .map((file) => ({ id: file.id, ...links(file), width: file.width, height: file.height })),
      papers: known
        .filter((file) => !isImage(file))
        .map((file) => ({ id: file.id, url: links(file).url, size: file.size })),
    };
  };
}

function isImage(file: FileInfo): boolean {
  return file.type.startsWith('image/');
}

function stepOf({ app, reading, names, files }: Parts, draft: StepDraft, first: Told | undefined): ProgressStep {
  const { locale, now } = reading;
  const words = Object.entries(draft.words).map(([name, key]) => [name, say(app.texts, locale, key)]);
  const office = names.office(draft.officeId);
  const values = {
    ...draft.values,
    ...Object.fromEntries(words),
    office: office ?? '',
    decider: names.office(draft.deciderId) ?? '',
  };
  // The photos of the request itself stand beside it, not in the line of steps.
  const shown = files(draft.id === String(first?.seq) ? [] : draft.fileIds);
  return {
    id: draft.id,
    title: say(app.texts, locale, draft.key, values),
    at: draft.at?.toISOString() ?? null,
    dueAt: draft.dueAt,
    note: draft.note ?? (draft.noteKey === null ? null : say(app.texts, locale, draft.noteKey, values)),
    state: draft.state,
    late: draft.state === 'now' && draft.dueAt !== null && now > new Date(draft.dueAt),
    answer: draft.answer === null ? null : { text: draft.answer, office },
    elsewhere: draft.elsewhere,
    ...shown,
  };
}

async function leadOf(tx: ReadTx, state: CaseState, names: Names): Promise<Progress['lead']> {
  const id = state.dispatch?.leadId ?? null;
  const name = names.office(id);
  if (id === null || name === null) return null;
  return { name, phone: (await findOrganisation(tx, id))?.phone ?? null };
}

function ratingOf(state: CaseState, { events }: ResidentCase): Progress['rating'] {
  const rating = state.ratings.at(-1);
  if (!rating || rating.round !== state.round) return null;
  const comment = events.findLast((event) => event.kind === 'rated')?.content?.comment ?? null;
  return { solved: rating.solved, satisfaction: rating.satisfaction, reason: comment, at: rating.at };
}

function permissionsOf(app: App, { locale }: Reading, { state, actions }: ResidentCase): Progress['can'] {
  const may = (action: string, until: string | null = null) => {
    const found = actions.find((one) => one.action === action);
    if (found?.allowed) return { allowed: true, reason: null, until };
    const reason = found?.code ? say(app.texts, locale, `refusal.${found.code}`, found.details) : null;
    return { allowed: false, reason, until: null };
  };
  const rateUntil = state.state === 'closed' ? state.closure.rateUntil : (state.clocks.stage?.dueAt ?? null);
  return {
    rate: may('rate', rateUntil),
    reopen: may('reopen', state.state === 'closed' ? state.closure.reopenUntil : null),
    withdraw: may('withdraw'),
    supplement: may('attach'),
    takeDown: may('unrelease'),
  };
}
