import type { ReadTx } from '../../platform/database/database.ts';
import type { Locale } from '../../platform/i18n/texts.ts';
import { areaNames } from '../areas/index.ts';
import { classNames } from '../catalogue/index.ts';
import { organisationNames } from '../organisations/index.ts';
import { placeText } from './rules/place-names.ts';

/** How offices, classes and places are called in the reader's language; three statements whatever the number. */
export type Names = {
  readonly office: (id: string | null) => string | null;
  readonly className: (code: string) => string | null;
  readonly place: (code: string) => string | null;
};

type Wanted = {
  readonly offices: readonly (string | null)[];
  readonly classes: readonly string[];
  readonly areas: readonly string[];
};

export async function loadNames(tx: ReadTx, locale: Locale, wanted: Wanted): Promise<Names> {
  const ids = [...new Set(wanted.offices.filter((id): id is string => id !== null))];
  const offices = await organisationNames(tx, ids);
  const classes = await classNames(tx, [...new Set(wanted.classes)]);
  const areas = await areaNames(tx, [...new Set(wanted.areas)]);
  const english = locale === 'en';
  return {
    office: (id) => {
      const found = id === null ? undefined : offices.get(id);
      return found ? (english && found.nameEn) || found.name : null;
    },
    className: (code) => {
      const found = classes.get(code);
      return found ? (english && found.nameEn) || found.nameZh : null;
    },
    place: (code) => {
      const found = areas.get(code);
      return found ? placeText(found.path) : null;
    },
  };
}
