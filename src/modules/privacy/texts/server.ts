import { defineTexts } from '../../../platform/i18n/texts.ts';

/** What the server says. */
export const serverTexts = defineTexts({
  'zh-CN': {
    'privacy.please_call': '{text}\n\n请您方便时致电 {office}：{phone}。也可以直接在这里补充说明，承办单位会看到。',
    'refusal.privacy.notice_incomplete': '隐私说明缺少必备的部分：{missing}。请补上后再发布。',
    'refusal.privacy.content_before_identity': '办理内容的保存期不能短于身份信息的保存期。请调整月数。',
    'refusal.privacy.no_case': '没有这个编号的事项。请核对编号。',
    'refusal.privacy.no_office_phone': '您单位没有登记对外电话，无法请对方回电。请先在“单位”里登记，或改为发消息。',
    'refusal.privacy.no_request': '没有找到这项请求。请刷新名单。',
    'refusal.privacy.decided_already': '这项请求已经有人答复了。请刷新名单查看。',
    'refusal.privacy.case_token_needed': '请先用编号和查询码打开您的事项。',
    'refusal.privacy.nothing_to_correct': '请至少填写一处要更正的内容。',
    'refusal.privacy.asked_already': '您已经提过同样的请求，正在办理。答复会显示在这里。',
    'refusal.privacy.no_identity': '这件事没有留下您的姓名或电话，不需要删除。',
  },
  en: {
    'privacy.please_call':
      '{text}\n\nPlease call {office} when it suits you: {phone}. You may also add your answer here; the office will see it.',
    'refusal.privacy.notice_incomplete':
      'The notice lacks parts that must be there: {missing}. Add them, then publish.',
    'refusal.privacy.content_before_identity':
      'Content cannot be kept for less time than identity. Please change the months.',
    'refusal.privacy.no_case': 'There is no case with this number. Please check the number.',
    'refusal.privacy.no_office_phone':
      'Your office has no public telephone on record, so nobody can be asked to call. Enter it under Organisations, or send a message.',
    'refusal.privacy.no_request': 'This request was not found. Please refresh the list.',
    'refusal.privacy.decided_already': 'Somebody has answered this request already. Refresh the list to see it.',
    'refusal.privacy.case_token_needed': 'Please open your request with its number and query code first.',
    'refusal.privacy.nothing_to_correct': 'Please fill in at least one thing to correct.',
    'refusal.privacy.asked_already':
      'You have asked for this already; it is being dealt with. The answer will appear here.',
    'refusal.privacy.no_identity':
      'This request holds neither your name nor your number, so there is nothing to delete.',
  },
});
