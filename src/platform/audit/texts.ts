import { defineTexts } from '../i18n/texts.ts';

export const auditTexts = defineTexts({
  'zh-CN': {
    'refusal.audit.too_many': '符合条件的记录超过 {most} 条，一个文件放不下。请缩短时间，分几次导出。',
  },
  en: {
    'refusal.audit.too_many':
      'More than {most} entries fit, too many for one file. Choose a shorter time and export in parts.',
  },
});
