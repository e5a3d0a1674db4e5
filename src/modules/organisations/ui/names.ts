import type { Locale } from '../../../platform/i18n/texts.ts';
import type { Say } from '../../../platform/web/i18n.tsx';
import type { PostItem } from '../contract.ts';

type Named = { readonly name: string; readonly nameEn: string; readonly shortName: string };

/** An organisation's name in full. */
export function fullName(locale: Locale, of: Named): string {
  return locale === 'en' && of.nameEn ? of.nameEn : of.name;
}

/** An organisation's name as colleagues say it. */
export function shortName(locale: Locale, of: Named): string {
  return locale === 'en' && of.nameEn ? of.nameEn : of.shortName;
}

export function personName(locale: Locale, of: { readonly name: string; readonly nameEn: string }): string {
  return locale === 'en' && of.nameEn ? of.nameEn : of.name;
}

/** 政法委员 · 督办人; a grid worker by his place in the team. */
export function postName(t: Say, locale: Locale, post: PostItem): string {
  const role = post.gridRole ? t(`organisations.grid_role.${post.gridRole}`) : t(`organisations.role.${post.role}`);
  const title = locale === 'en' ? post.titleEn || post.titleZh : post.titleZh;
  return title ? `${title} · ${role}` : role;
}

export function termText(t: Say, post: Pick<PostItem, 'validFrom' | 'validTo'>): string {
  const { validFrom: from, validTo: to } = post;
  return to === null ? t('organisations.ui.term_text', { from }) : t('organisations.ui.term_until', { from, to });
}

/** Where a post holds: its area set, or its areas. */
export function scopeText(t: Say, post: PostItem): string {
  if (post.areaSet) return t('organisations.ui.follows_set', { name: post.areaSet.name });
  return post.scope.map((area) => area.path).join('、');
}
