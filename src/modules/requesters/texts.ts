import { defineTexts } from '../../platform/i18n/texts.ts';

export const requestersTexts = defineTexts({
  'zh-CN': {
    'refusal.requesters.bad_phone': '这个电话号码不完整或有误。请填 11 位手机号，或带区号的座机号。',
    'refusal.requesters.phone_needs_area_code': '座机号请加上区号，例如 0713-2912345。',
    'refusal.requesters.bad_mail': '这个邮箱地址不完整。请核对，或留空。',
    'refusal.requesters.not_a_mobile': '验证码只能发到手机。请填 11 位手机号，或用编号和查询码查看。',
    'refusal.requesters.code_too_often': '验证码刚发过，请 {seconds} 秒后再要一次。之前的短信可能晚到。',
    'refusal.requesters.code_wrong': '验证码不对或已过期。请核对短信里最新的 6 位数字，或重新获取。',
    'refusal.requesters.no_text_messages': '本平台还没有开通短信。请用编号和查询码查看。',
    'refusal.requesters.not_found': '没有找到这位诉求人的信息。',
    'refusal.requesters.erased': '诉求人的信息已依照 {order} 删除。',
    'requesters.code_message': '您的验证码是 {code}，{minutes} 分钟内有效。不要告诉任何人；工作人员不会向您要它。',
  },
  en: {
    'refusal.requesters.bad_phone':
      'That telephone number is incomplete or wrong. Enter an 11-digit mobile number, or a landline with its area code.',
    'refusal.requesters.phone_needs_area_code': 'Please add the area code to the landline number, as in 0713-2912345.',
    'refusal.requesters.bad_mail': 'That mail address is incomplete. Check it, or leave it empty.',
    'refusal.requesters.not_a_mobile':
      'A code can only be sent to a mobile phone. Enter an 11-digit number, or use the request number and query code.',
    'refusal.requesters.code_too_often':
      'A code was sent a moment ago. You can ask for another in {seconds} seconds; the message may still arrive.',
    'refusal.requesters.code_wrong':
      'That code is wrong or has expired. Use the 6 digits of the newest message, or ask for a new code.',
    'refusal.requesters.no_text_messages':
      'Text messages are not set up here. Please use the request number and query code.',
    'refusal.requesters.not_found': 'There is no record of this requester.',
    'refusal.requesters.erased': 'The requester’s details were erased by order {order}.',
    'requesters.code_message':
      'Your code is {code}, valid for {minutes} minutes. Tell nobody; our staff will never ask for it.',
  },
});
