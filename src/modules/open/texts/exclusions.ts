import { defineTexts } from '../../../platform/i18n/texts.ts';

/** Texts of the portal's list of cases that figures leave out. */
export const exclusionTexts = defineTexts({
  'zh-CN': {
    'open.exclusions.title': '不计入考评的事项',
    'open.exclusions.intro':
      '有的事项不计入单位的考评。每一件都要有理由，由别的单位决定，并公开在这里。事项本身照样办理、照样可以评价。',
    'open.exclusions.none': '没有不计入考评的事项。',
    'open.exclusions.number': '编号',
    'open.exclusions.office': '不计入 {office} 的考评',
    'open.exclusions.decided': '{office}于 {day} 决定',
    'open.exclusions.revoked': '{day} 已撤销，恢复计入',
  },
  en: {
    'open.exclusions.title': 'Cases left out of figures',
    'open.exclusions.intro':
      'Some cases do not count in the figures of an office. Each needs a ground, is decided by another office, and stands here. The case itself is handled and can be rated like any other.',
    'open.exclusions.none': 'No case is left out of any figure.',
    'open.exclusions.number': 'Number',
    'open.exclusions.office': 'Not counted for {office}',
    'open.exclusions.decided': 'Decided by {office} on {day}',
    'open.exclusions.revoked': 'Taken back on {day}; it counts again',
  },
});
