import { joinTexts } from '../../platform/i18n/texts.ts';
import { noticeTexts } from './texts/notice.ts';
import { officeTexts } from './texts/office.ts';
import { serverTexts } from './texts/server.ts';

/** All texts of the module. Screens load only the part they show. */
export const privacyTexts = joinTexts([noticeTexts, serverTexts, officeTexts]);
