import type { FilingBody, PlaceKind } from '../../contract.ts';
import type { DraftPhoto } from '../photos/photo-store.ts';

/** What was sent and not yet answered: sent again unchanged, so that a lost answer never makes two requests. */
export type Attempt = { readonly key: string; readonly body: FilingBody };

/** A point, from where it came, and what is known of the area it lies in. */
export type DraftPoint = {
  readonly lon: number;
  readonly lat: number;
  readonly from: 'map' | 'phone';
  /** The area at the point; null until the server was asked. */
  readonly at: { readonly code: string | null; readonly path: string | null; readonly drawn: boolean } | null;
};

export type ReportDraft = {
  readonly text: string;
  readonly classCode: string | null;
  readonly className: string | null;
  /** The class tells of health, a child and the like: it needs a consent of its own. */
  readonly classSensitive: boolean;
  readonly how: PlaceKind | null;
  readonly point: DraftPoint | null;
  readonly area: { readonly code: string; readonly path: string } | null;
  readonly detail: string;
  readonly name: string;
  readonly phone: string;
  readonly anonymous: boolean;
  readonly publish: boolean;
  readonly sensitiveConsent: boolean;
  readonly photos: readonly DraftPhoto[];
  /** The public request that his own is to be joined to. */
  readonly follows: { readonly number: string; readonly title: string } | null;
  readonly attempt: Attempt | null;
};

export const EMPTY_DRAFT: ReportDraft = {
  text: '',
  classCode: null,
  className: null,
  classSensitive: false,
  how: null,
  point: null,
  area: null,
  detail: '',
  name: '',
  phone: '',
  anonymous: false,
  publish: false,
  sensitiveConsent: false,
  photos: [],
  follows: null,
  attempt: null,
};

export const STEPS = ['what', 'where', 'contact', 'check'] as const;
export type Step = (typeof STEPS)[number];

export const STEP_PATHS: Readonly<Record<Step, string>> = {
  what: '/report',
  where: '/report/where',
  contact: '/report/contact',
  check: '/report/check',
};

export function stepOf(path: string | undefined): Step {
  return STEPS.find((step) => step === path) ?? 'what';
}

/** Field → text key of what is wrong with it, with what the text needs. */
export type Complaint = { readonly key: string; readonly values?: Readonly<Record<string, unknown>> };
export type Complaints = Readonly<
  Partial<Record<'text' | 'how' | 'point' | 'area' | 'phone' | 'sensitive', Complaint>>
>;

const SHORTEST_TEXT = 4;

export function lengthOf(text: string): number {
  return [...text.trim()].length;
}

/** Looks at one step as the server will, so that nobody is sent back from the end to the beginning. */
export function complaintsOf(step: Step, draft: ReportDraft, textLength: number): Complaints {
  switch (step) {
    case 'what':
      return complaintsOfText(draft.text, textLength);
    case 'where':
      return complaintsOfPlace(draft);
    case 'contact':
      return complaintsOfContact(draft);
    case 'check':
      return {};
  }
}

function complaintsOfText(text: string, max: number): Complaints {
  const n = lengthOf(text);
  if (n === 0) return { text: { key: 'open.report.text_missing' } };
  if (n < SHORTEST_TEXT) return { text: { key: 'open.report.text_short' } };
  if (n > max) return { text: { key: 'open.report.text_long', values: { max, n } } };
  return {};
}

function complaintsOfPlace({ how, point, area }: ReportDraft): Complaints {
  if (how === null) return { how: { key: 'open.report.where_missing' } };
  if (how === 'point' && point === null) return { point: { key: 'open.report.where_point_missing' } };
  if (how === 'area' && area === null) return { area: { key: 'open.report.where_area_missing' } };
  return {};
}

function complaintsOfContact({ phone, classSensitive, sensitiveConsent }: ReportDraft): Complaints {
  const fits = phone.trim() === '' || looksLikePhone(phone);
  return {
    ...(fits ? {} : { phone: { key: 'open.report.phone_wrong' } }),
    ...(classSensitive && !sensitiveConsent ? { sensitive: { key: 'open.report.sensitive_missing' } } : {}),
  };
}

/** Lenient: the server decides. Catches a digit too few before the person goes on. */
export function looksLikePhone(typed: string): boolean {
  const digits = typed.normalize('NFKC').replace(/\D/g, '');
  return digits.length >= 7 && digits.length <= 15;
}

/** The first step that is not complete; `check` when all are. */
export function firstOpenStep(draft: ReportDraft, textLength: number): Step {
  return STEPS.find((step) => Object.keys(complaintsOf(step, draft, textLength)).length > 0) ?? 'check';
}

/** What is sent. Photos that are not yet uploaded are left out; the caller waits for them. */
export function bodyOf(draft: ReportDraft): FilingBody {
  return {
    text: draft.text,
    classCode: draft.classCode,
    place: placeOf(draft),
    name: draft.name,
    phone: draft.phone,
    anonymous: draft.anonymous,
    publishConsent: draft.publish,
    sensitiveConsent: draft.classSensitive && draft.sensitiveConsent,
    follows: draft.follows?.number ?? null,
    fileIds: draft.photos.flatMap((photo) => (photo.fileId === null ? [] : [photo.fileId])),
  };
}

function placeOf(draft: ReportDraft): FilingBody['place'] {
  const detail = draft.detail;
  if (draft.how === 'point' && draft.point) return pointOf(draft.point, draft.area?.code ?? null, detail);
  if (draft.how === 'area' && draft.area) return { kind: 'area', areaCode: draft.area.code, detail };
  return { kind: 'unknown', detail };
}

/**
 * Where a map is only a drawing, a tap on it says which area is meant but not where on earth: then the area is sent.
 * A position of the phone is real; there the drawing says nothing, and the area may be picked from the list besides.
 */
function pointOf(point: DraftPoint, areaCode: string | null, detail: string): FilingBody['place'] {
  const { lon, lat, from, at } = point;
  if (from === 'map' && at?.drawn && at.code !== null) return { kind: 'area', areaCode: at.code, detail };
  return { kind: 'point', lon, lat, areaCode: from === 'phone' && at?.drawn ? areaCode : null, detail };
}

/** How the place is told back, in lines; empty when nothing is known. */
export function placeLines({ how, point, area, detail }: ReportDraft): readonly (string | 'point')[] {
  const known =
    how === 'area' ? area?.path : how === 'point' && point ? (pathOfPoint(point) ?? area?.path ?? 'point') : null;
  return [known, detail.trim()].filter((line): line is string => Boolean(line));
}

/** The area's path where it can be relied on. */
export function pathOfPoint({ from, at }: DraftPoint): string | null {
  return at === null || (from === 'phone' && at.drawn) ? null : at.path;
}
