import { defineTexts } from '../../platform/i18n/texts.ts';

/** What the server refuses beside the rules of the lifecycle: code → HTTP status. */
export const CASE_SERVER_REFUSALS = {
  'cases.not_found': 404,
  'cases.bad_number': 422,
  'cases.out_of_scope': 403,
  'cases.no_requester': 409,
  'cases.organisation_has_open_cases': 409,
  'cases.unmask_not_for_handlers': 403,
  'cases.not_ended': 409,
} as const satisfies Readonly<Record<string, number>>;

export const caseServerTexts = defineTexts({
  'zh-CN': {
    'refusal.cases.not_found': '没有找到这件事，或者您的岗位看不到它。请核对编号。',
    'cases.each.leave_out': '请从所选中去掉它。',
    'cases.each.look_again': '请打开看看有什么变化；仍要办理的，再重试。',
    'cases.each.others': '请交给负责这一步的单位或岗位。',
    'cases.each.alone': '请打开这件事单独处理。',
    'refusal.cases.bad_number': '这个编号不对，可能抄错了一位。编号的样子是 20261120-000317-4。',
    'refusal.cases.out_of_scope': '这个地点不在您岗位负责的范围内。请重新选择地点，或转给当地指挥中心登记。',
    'refusal.cases.no_requester': '这件事没有留下反映人的联系信息。',
    'refusal.cases.unmask_not_for_handlers':
      '承办单位不能查看反映人身份。需要联系时，请在平台上回复，或请指挥中心代为联系。',
    'refusal.cases.not_ended': '这件事还没有办结，不能删除内容。请先办结或撤回。',
    'refusal.cases.organisation_has_open_cases': '该单位还有 {count} 件没有办完的事。请先改派或办结，再停用。',
    'cases.suggestion': '派单目录第 {number} 条：{class} → {office}。',
    'cases.suggestion_known': '派单目录第 {number} 条：{class} → {office}；同类已有 {count} 件由其办结。',
  },
  en: {
    'refusal.cases.not_found': 'There is no such case, or your post may not see it. Please check the number.',
    'cases.each.leave_out': 'Please leave it out.',
    'cases.each.look_again': 'Open it to see what changed; if you still want this, try again.',
    'cases.each.others': 'Please leave it to the office or post whose step it is.',
    'cases.each.alone': 'Please open this case and deal with it by itself.',
    'refusal.cases.bad_number':
      'This number is not right; a digit may be wrong. A number looks like 20261120-000317-4.',
    'refusal.cases.out_of_scope':
      'The place lies outside your post’s area. Choose another place, or have the local command centre register it.',
    'refusal.cases.no_requester': 'The requester left no contact details in this case.',
    'refusal.cases.unmask_not_for_handlers':
      'The handling office may not see who the requester is. Reply through the platform, or ask the command centre to make contact.',
    'refusal.cases.not_ended': 'This case has not ended, so its content cannot be erased. Close or withdraw it first.',
    'refusal.cases.organisation_has_open_cases':
      'This office still answers for {count} open cases. Give them to another office or finish them before closing it.',
    'cases.suggestion': 'Dispatch list no. {number}: {class} → {office}.',
    'cases.suggestion_known':
      'Dispatch list no. {number}: {class} → {office}; it has closed {count} of the same class.',
  },
});
