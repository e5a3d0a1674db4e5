import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { shanghaiText } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import type { CaseView } from '../cases/contract.ts';
import type { Printed, PrintedStep } from './layout.ts';

/** A file of hundreds of photos would be of use to nobody; the rest is on the page. */
const MOST_PHOTOS = 24;
const PHOTO_PIXELS = 1000;

/** What stands in the file of a case, in words of one language. Who asked does not. */
export async function composeCaseFile(app: App, view: CaseView, locale: Locale, now: Date): Promise<Printed> {
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => say(app.texts, locale, key, values);
  const office = (one: { name: string; nameEn: string }) => (locale === 'en' ? one.nameEn : one.name);
  const photos = view.files.filter((file) => file.image);
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
    [t('case-file.requester'), t('case-file.requester_sealed')],
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
      rows: view.timeline.map((entry) => stepOf(entry, t, office)),
    },
    photos: {
      heading: t('case-file.photos'),
      images: await imagesOf(app, photos.slice(0, MOST_PHOTOS)),
      left: photos.length > MOST_PHOTOS ? t('case-file.photos_left', { n: photos.length - MOST_PHOTOS }) : null,
    },
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

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

function saidOf({ solved, satisfaction, closure }: CaseView, t: Say): string {
  if (solved && satisfaction) return `${t(`case-file.${solved}`)} · ${t(`case-file.${satisfaction}`)}`;
  return t(closure === 'unreachable' ? 'case-file.unreachable' : 'case-file.not_said');
}

type Entry = CaseView['timeline'][number];

function stepOf(entry: Entry, t: Say, office: (one: { name: string; nameEn: string }) => string): PrintedStep {
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
async function imagesOf(app: App, files: CaseView['files']): Promise<Buffer[]> {
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
