import { defineTexts } from '../../../platform/i18n/texts.ts';

/** Texts of the portal's list of hot issues that were made public. */
export const issueTexts = defineTexts({
  'zh-CN': {
    'open.issues.title': '大家反映多的问题',
    'open.issues.intro':
      '同一处、同一类的事有好几个人反映，就合起来当一件事办，不等每个人再来说。这里列出已经决定办理、并整理公开的。',
    'open.issues.problem_of_month': '每月一题 · {month}',
    'open.issues.proactive': '未诉先办',
    'open.issues.lead': '{office} 牵头',
    'open.issues.published': '{day} 公开',
    'open.issues.none': '现在还没有公开的。有的话，会连同牵头单位和办理情况列在这里。',
    'open.issues.phase.received': '已登记',
    'open.issues.phase.assigned': '已交办',
    'open.issues.phase.working': '正在办',
    'open.issues.phase.paused': '暂缓',
    'open.issues.phase.checking': '正在核实',
    'open.issues.phase.asking': '正在回访',
    'open.issues.phase.closed': '已办结',
    'open.issues.phase.ended': '已结束',
  },
  en: {
    'open.issues.title': 'What many people report',
    'open.issues.intro':
      'When several people report the same matter in the same place, it is handled as one, without waiting for more of them to ask. Here is what was taken up so and put in words for everybody.',
    'open.issues.problem_of_month': 'Problem of the month · {month}',
    'open.issues.proactive': 'Taken up without a further request',
    'open.issues.lead': '{office} leads',
    'open.issues.published': 'Made public on {day}',
    'open.issues.none': 'Nothing has been made public yet. When it is, it stands here with the office in the lead.',
    'open.issues.phase.received': 'Registered',
    'open.issues.phase.assigned': 'Given to an office',
    'open.issues.phase.working': 'Being handled',
    'open.issues.phase.paused': 'On hold',
    'open.issues.phase.checking': 'Being checked',
    'open.issues.phase.asking': 'People are being asked',
    'open.issues.phase.closed': 'Closed',
    'open.issues.phase.ended': 'Ended',
  },
});
