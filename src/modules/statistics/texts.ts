import { defineTexts } from '../../platform/i18n/texts.ts';

/** What the server says; screens have theirs in ui/texts.ts. */
export const statisticsTexts = defineTexts({
  'zh-CN': {
    'refusal.statistics.area_not_yours': '您的岗位不管这个区域，看不到它的数字。请从自己负责的区域看起。',
    'refusal.statistics.days_wrong':
      '开始的一天要在结束的一天以前；按类别、单位、渠道、条线或日期看，最多一年。请改一下日期。',
    'refusal.statistics.days_missing': '请写明从哪一天到哪一天。',
    'refusal.statistics.one_at_a_time':
      '在县和市一级，类别、单位、渠道、条线一次只能选一样。请去掉其余的，或者先点进一个乡镇。',
    'refusal.statistics.whole_months':
      '这段时间较早，按类别、单位、渠道、条线只有整月的数字。请从月初选到月末，或者先点进一个乡镇。',
  },
  en: {
    'refusal.statistics.area_not_yours':
      'None of your posts covers this area, so its figures are not shown. Please begin with an area of your own.',
    'refusal.statistics.days_wrong':
      'The first day must come before the last; by class, office, channel, lane or day it is a year at most. Please change the days.',
    'refusal.statistics.days_missing': 'Please say from which day to which.',
    'refusal.statistics.one_at_a_time':
      'For a county or city, choose one of class, office, channel and lane at a time. Please leave the others out, or open a town first.',
    'refusal.statistics.whole_months':
      'For days that long ago there are only whole months by class, office, channel or lane. Please choose whole months, or open a town first.',
  },
});
