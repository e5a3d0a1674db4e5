import { defineTexts } from '../../../platform/i18n/texts.ts';

export const caseFileUiTexts = defineTexts({
  'zh-CN': {
    'case-file.ui.title': '档案',
    'case-file.ui.download': '下载 PDF',
    'case-file.ui.about': '内容、经过、照片和核对办法；不含反映人身份。下载会记录在案。',
  },
  en: {
    'case-file.ui.title': 'File',
    'case-file.ui.download': 'Download PDF',
    'case-file.ui.about':
      'What was asked, steps, photos and how to check it; without the requester’s identity. Downloads are recorded.',
  },
});
