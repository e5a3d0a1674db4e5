import { defineTexts } from '../../../platform/i18n/texts.ts';

export const caseFileUiTexts = defineTexts({
  'zh-CN': {
    'case-file.ui.title': '档案',
    'case-file.ui.download': '下载 PDF',
    'case-file.ui.about': '内容、经过、照片和核对办法；不含反映人身份。下载会记录在案。',
    'case-file.ui.identified': '含身份的一份…',
    'case-file.ui.identified_title': '下载含反映人身份的档案',
    'case-file.ui.identified_about':
      '只在办这件事需要时下载。哪个单位、何时、为什么下载会记入日志，反映人也能看到。承办单位不能下载。',
    'case-file.ui.identified_done': '已下载，并已记录。',
  },
  en: {
    'case-file.ui.title': 'File',
    'case-file.ui.download': 'Download PDF',
    'case-file.ui.about':
      'What was asked, steps, photos and how to check it; without the requester’s identity. Downloads are recorded.',
    'case-file.ui.identified': 'A copy with the identity…',
    'case-file.ui.identified_title': 'Download the file with the requester’s identity',
    'case-file.ui.identified_about':
      'Only where this case needs it. Which office, when and why is recorded, and the requester sees it, too. The handling office cannot.',
    'case-file.ui.identified_done': 'Downloaded and recorded.',
  },
});
