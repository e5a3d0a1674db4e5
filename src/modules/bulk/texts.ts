import { defineTexts } from '../../platform/i18n/texts.ts';

/** Words of answers and of exported tables. */
export const bulkTexts = defineTexts({
  'zh-CN': {
    'refusal.bulk.no_suggestion': '派单目录没有列出这类事项的主办单位，没有分派。请单独分派，选定单位并写明理由。',
    'bulk.next.dispatched': '已派给 {lead}，等对方签收。',
    'bulk.next.noted': '备注已记入经过，只有内部人员看得到。',
    'bulk.column.number': '编号',
    'bulk.column.title': '标题',
    'bulk.column.class': '类别',
    'bulk.column.area': '地点',
    'bulk.column.state': '状态',
    'bulk.column.lead': '主办单位',
    'bulk.column.opened': '反映时间',
    'bulk.column.stage_due': '本步时限',
    'bulk.column.due': '总时限',
    'bulk.column.late': '超时',
    'bulk.late': '是',
    'bulk.in_time': '否',
  },
  en: {
    'refusal.bulk.no_suggestion':
      'The dispatch list names no office for this class, so it was not dispatched. Dispatch it by itself: choose the office and say why.',
    'bulk.next.dispatched': 'Given to {lead}, who is to accept it.',
    'bulk.next.noted': 'The note stands in the history; only officers see it.',
    'bulk.column.number': 'Number',
    'bulk.column.title': 'Title',
    'bulk.column.class': 'Class',
    'bulk.column.area': 'Area',
    'bulk.column.state': 'State',
    'bulk.column.lead': 'Lead office',
    'bulk.column.opened': 'Opened',
    'bulk.column.stage_due': 'Step due',
    'bulk.column.due': 'Due in all',
    'bulk.column.late': 'Late',
    'bulk.late': 'yes',
    'bulk.in_time': 'no',
  },
});
