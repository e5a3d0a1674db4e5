import { joinTexts } from '../../platform/i18n/texts.ts';
import { answerTexts } from './texts/answer.ts';
import { dataTexts } from './texts/data.ts';
import { noticeTexts } from './texts/notices.ts';
import { photoTexts } from './texts/photos.ts';
import { portalTexts } from './texts/portal.ts';
import { releasedTexts } from './texts/released.ts';
import { reportTexts } from './texts/report.ts';
import { serverTexts } from './texts/server.ts';
import { trackTexts } from './texts/track.ts';

/** All texts of the module. Screens load only the part they show. */
export const openTexts = joinTexts([
  portalTexts,
  photoTexts,
  reportTexts,
  trackTexts,
  releasedTexts,
  noticeTexts,
  answerTexts,
  dataTexts,
  serverTexts,
]);
