import { defineTexts } from '../../platform/i18n/texts.ts';

export const clusterTexts = defineTexts({
  'zh-CN': {
    'clusters.next.merged': '已并入 {number}，随它一起办；这位反映人仍单独回访。',
    'clusters.next.apart': '已恢复单独办理，请分派。',
    'clusters.followed': '来电人反映的与 {number} 是同一件事，跟着这件办。',
    'clusters.joined_by_wish': '反映人自己选择跟着 {number} 一起办。',
    'refusal.clusters.issue_not_found': '没有这个热点，或者不在您的辖区。请回到热点列表。',
    'refusal.clusters.issue_decided': '这个热点已有人决定过。请刷新页面看结果。',
    'refusal.clusters.issue_not_opened': '先立案，再公开。',
    'refusal.clusters.month_taken': '{month} 的“每月一题”已定。可以换个月份，或作为未诉先办立案。',
  },
  en: {
    'clusters.next.merged': 'Merged into {number} and handled with it; its caller is still called back.',
    'clusters.next.apart': 'On its own again; please dispatch it.',
    'clusters.followed': 'The caller asks for the same as {number}; joined to it.',
    'clusters.joined_by_wish': 'The requester chose to join {number}.',
    'refusal.clusters.issue_not_found':
      'There is no such issue, or it is not in your area. Go back to the list of issues.',
    'refusal.clusters.issue_decided': 'Somebody has decided about this issue already. Reload the page to see how.',
    'refusal.clusters.issue_not_opened': 'Open a case first, then publish.',
    'refusal.clusters.month_taken':
      '{month} has its problem of the month already. Choose another month, or open a proactive case.',
  },
});
