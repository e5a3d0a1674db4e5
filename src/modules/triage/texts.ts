import { defineTexts } from '../../platform/i18n/texts.ts';

export const triageTexts = defineTexts({
  'zh-CN': {
    'refusal.triage.training_runs': '正在训练，请等这一次训练完。可以先做别的，训练不影响办件。',
    'refusal.triage.no_such_model': '没有第 {version} 版。请刷新页面，从列表里选。',
  },
  en: {
    'refusal.triage.training_runs': 'A training is running. Wait until it is done; work goes on meanwhile.',
    'refusal.triage.no_such_model': 'There is no version {version}. Reload the page and choose one from the list.',
  },
});
