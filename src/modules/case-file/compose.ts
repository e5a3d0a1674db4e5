import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { shanghaiText } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import type { CaseView } from '../cases/contract.ts';
import { detailsOf, type Say } from './details.ts';
import type { Printed, PrintedStep } from './layout.ts';

/** A file of hundreds of photos would be of use to nobody; the rest is on the page. */
const MOST_PHOTOS = 24;
const PHOTO_PIXELS = 1000;

/** Who asked, for a copy by right and with a reason. */
export type ShownIdentity = {
  readonly name: string | null;
  readonly phone: string | null;
  readonly mail: string | null;
};

export type Composed = {
  readonly locale: Locale;
  readonly now: Date;
  /** Left out, the file says that the identity is kept apart. */
  readonly identity?: ShownIdentity;
};

/** What stands in the file of a case, in words of one language. */
export async function composeCaseFile(app: App, view: CaseView, { locale, now, identity }: Composed): Promise<Printed> {
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => say(app.texts, locale, key, values);
  const office = (one: { name: string; nameEn: string }) => (locale === 'en' ? one.nameEn : one.name);
  const photos = view.files.filter((file) => file.image);
  const names = new Map(view.organisations.map((one) => [one.id, office(one)]));
  const speaking = { t, locale, unit: view.totalUnit, office: (id: string) => names.get(id) ?? '…' };
  const facts: [string, string][] = [
    [t('case-file.state'), t(`cases.state.${view.state}`)],
    [t('case-file.class'), locale === 'en' ? view.class.nameEn : view.class.nameZh],
    [t('case-file.place'), [...view.place.path, view.placeText].filter(Boolean).join(' · ')],
    [t('case-file.opened'), shanghaiText(new Date(view.openedAt))],
    ...(view.closedAt ? [[t('case-file.closed'), shanghaiText(new Date(view.closedAt))] as [string, string]] : []),
    [t('case-file.lead'), view.lead ? office(view.lead) : t('case-file.none')],
    ...(view.assists.length > 0
      ? [[t('case-file.assists'), view.assists.map(office).join('、')] as [string, string]]
      : []),
    [t('case-file.said'), saidOf(view, t)],
    [t('case-file.requester'), identity ? identityText(t, identity) : t('case-file.requester_sealed')],
    ...(identity ? [[t('case-file.copy'), t('case-file.copy_identified')] as [string, string]] : []),
  ];
  return {
    number: view.number,
    title: view.title,
    heading: t('case-file.heading'),
    facts,
    asked: { heading: t('case-file.asked'), text: view.body || t('case-file.erased') },
    steps: {
      heading: t('case-file.steps'),
      internalMark: t('case-file.internal'),
      rows: view.timeline.map((entry) => ({
        ...stepOf(entry, t, office),
        details: detailsOf(speaking, entry),
      })),
    },
    photos: await printedPhotos(app, photos, t),
    chain: {
      heading: t('case-file.chain'),
      lines: [
        t('case-file.chain_head', { length: view.chain.length, head: view.chain.head }),
        t('case-file.chain_check', { number: view.number }),
      ],
    },
    continued: t('case-file.continued'),
    foot: t('case-file.foot', { at: shanghaiText(now), head: view.chain.head.slice(0, 16) }),
    page: (at, of) => t('case-file.page', { at, of }),
  };
}

/** Name, telephone and mail as they were given. */
export function identityText(t: Say, { name, phone, mail }: ShownIdentity): string {
  return [name, phone, mail].filter(Boolean).join(' · ') || t('case-file.none');
}

/** The photos of a file, and how many more there are. */
export async function printedPhotos(
  app: App,
  photos: readonly { readonly id: string }[],
  t: Say,
): Promise<Printed['photos']> {
  return {
    heading: t('case-file.photos'),
    images: await imagesOf(app, photos.slice(0, MOST_PHOTOS)),
    left: photos.length > MOST_PHOTOS ? t('case-file.photos_left', { n: photos.length - MOST_PHOTOS }) : null,
  };
}

function saidOf({ solved, satisfaction, closure }: CaseView, t: Say): string {
  if (solved && satisfaction) return `${t(`case-file.${solved}`)} · ${t(`case-file.${satisfaction}`)}`;
  return t(closure === 'unreachable' ? 'case-file.unreachable' : 'case-file.not_said');
}

type Entry = CaseView['timeline'][number];

function stepOf(
  entry: Entry,
  t: Say,
  office: (one: { name: string; nameEn: string }) => string,
): Omit<PrintedStep, 'details'> {
  const person = entry.actor.kind === 'resident' ? t('case-file.by_requester') : entry.actor.name;
  const words = Object.entries(entry.content ?? {})
    .filter(([name]) => !(entry.kind === 'registered' && (name === 'title' || name === 'description')))
    .map(([, text]) => text);
  return {
    at: shanghaiText(new Date(entry.at)),
    what: t(`case-file.event.${entry.kind}`),
    who: [entry.organisation && office(entry.organisation), person].filter(Boolean).join(' · '),
    words: entry.erasedBy ? [t('case-file.erased_by', { order: entry.erasedBy })] : words,
    internal: entry.tone === 'internal',
  };
}

/** Photos small enough for print; one that cannot be read leaves the others in. */
async function imagesOf(app: App, files: readonly { readonly id: string }[]): Promise<Buffer[]> {
  const images: Buffer[] = [];
  for (const { id } of files) {
    try {
      const bytes = await buffer(app.files.read(id));
      const size = { width: PHOTO_PIXELS, height: PHOTO_PIXELS, fit: 'inside', withoutEnlargement: true } as const;
      images.push(await sharp(bytes).rotate().resize(size).jpeg({ quality: 78 }).toBuffer());
    } catch (error) {
      app.log.warn({ file: id, error: String(error) }, 'a photo is missing from a case file');
    }
  }
  return images;
}
