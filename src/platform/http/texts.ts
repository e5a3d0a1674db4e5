import { defineTexts } from '../i18n/texts.ts';

export const httpTexts = defineTexts({
  'zh-CN': {
    'refusal.http.bad_json': '发来的内容不是完整的 JSON，没有保存。请重新提交。',
    'refusal.http.invalid_input': '有 {count} 处填写需要改一改，已填的内容都还在。',
    'refusal.http.bad_request': '这个请求的格式不对，没有处理。请刷新页面后再试。',
    'refusal.auth.required': '请先登录，再继续。',
    'refusal.auth.forbidden': '您的岗位没有这项权限。需要时请联系本单位管理员。',
    'refusal.auth.proof_needed': '这一步需要再确认一次是您本人。请输入密码或验证，确认后 {seconds} 秒内有效。',
    'refusal.http.origin_refused': '这个请求来自别的网站，已拒绝。请从本平台页面操作。',
    'refusal.http.not_found': '没有找到。可能已移动，或者您的岗位看不到。',
    'refusal.http.method_not_allowed': '这个地址不支持这种操作。',
    'refusal.http.timeout': '内容传得太慢，已中断，没有保存。请检查网络后再试。',
    'refusal.http.idempotency_in_progress': '同一次提交正在处理，请稍候片刻再看结果。',
    'refusal.http.body_too_large': '内容太大（上限 {limitMb} MB），没有保存。请减少内容后再试。',
    'refusal.http.unsupported_media_type': '不支持这种内容格式。',
    'refusal.http.idempotency_mismatch': '这个提交编号已用于另一份内容。请刷新页面后重新提交。',
    'refusal.http.too_many_requests': '操作太频繁，这一次没有处理。请 {seconds} 秒后再试，已填的内容都还在。',
    'refusal.http.internal':
      '系统出了点问题，这一步没有保存。请稍后再试；若一直这样，请把编号 {requestId} 告诉管理员。',
    'refusal.http.busy': '现在提交的人很多，这一次没有保存。请 {seconds} 秒后再试，已填的内容都还在。',
    'refusal.http.unavailable': '系统暂时不可用，没有保存。请 {seconds} 秒后再试。',
    'refusal.http.not_stored': '系统现在存不下新内容，这一步没有保存。请 {seconds} 秒后再试，或打电话办理。',
    'refusal.http.outcome_unknown':
      '系统没能确认这一步是否已保存。请 {seconds} 秒后在原页面再点一次提交，不会重复登记。',
    'refusal.http.expectation_failed': '这个请求提出了本平台不支持的条件，没有处理。',
    'refusal.http.headers_too_large': '请求附带的信息太多，没有处理。请清除本站的浏览数据后再试。',
    'field.missing': '这一项要填写。',
    'field.wrong_type': '这一项的格式不对。',
    'field.too_long': '太长了，最多 {maximum} 个字。',
    'field.too_short': '太短了，至少 {minimum} 个字。',
    'field.too_big': '太大了，最多 {maximum}。',
    'field.too_small': '太小了，至少 {minimum}。',
    'field.forbidden_characters': '里面有无法保存的特殊字符，请删去后再提交。',
    'field.not_listed': '请从给出的选项里选一个。',
    'field.unknown_field': '有不认识的字段：{keys}。',
    'field.in_future': '时间不能在将来。',
    'field.in_past': '时间不能在过去。',
    'field.invalid': '这一项填得不对。',
  },
  en: {
    'refusal.http.bad_json': 'What was sent is not complete JSON, so nothing was saved. Please send it again.',
    'refusal.http.invalid_input': 'There are {count} entries to correct. Everything you filled in is still there.',
    'refusal.http.bad_request': 'The request was not well formed and was not processed. Reload the page and try again.',
    'refusal.auth.required': 'Please sign in to go on.',
    'refusal.auth.forbidden': 'Your post does not allow this. Ask your administrator if you need it.',
    'refusal.auth.proof_needed':
      'Please confirm that it is you, with your password or second factor; that holds for {seconds} seconds.',
    'refusal.http.origin_refused':
      'The request came from another website and was refused. Please use this platform’s own pages.',
    'refusal.http.not_found': 'Not found. It may have moved, or your post may not see it.',
    'refusal.http.method_not_allowed': 'This address does not support that operation.',
    'refusal.http.timeout':
      'The content arrived too slowly and was cut off; nothing was saved. Check the network and try again.',
    'refusal.http.idempotency_in_progress':
      'The same submission is being processed. Please wait a moment for its result.',
    'refusal.http.body_too_large': 'That is too large (limit {limitMb} MB); nothing was saved. Please send less.',
    'refusal.http.unsupported_media_type': 'This kind of content is not supported.',
    'refusal.http.idempotency_mismatch':
      'This submission key was used for different content. Reload the page and submit again.',
    'refusal.http.too_many_requests':
      'Too many requests in a short time; this one was not processed. Please try again in {seconds} seconds. What you filled in is still there.',
    'refusal.http.internal':
      'Something went wrong and this step was not saved. Try again later; if it persists, give the administrator the number {requestId}.',
    'refusal.http.busy':
      'Very many people are submitting just now, so this was not saved. Please try again in {seconds} seconds; what you entered is still there.',
    'refusal.http.unavailable':
      'The system is not available for the moment; nothing was saved. Please try again in {seconds} seconds.',
    'refusal.http.not_stored':
      'The system cannot store anything new at the moment, so this step was not saved. Try again in {seconds} seconds, or call.',
    'refusal.http.outcome_unknown':
      'The system could not confirm whether this step was saved. Press the button on the same page again in {seconds} seconds; it will not be entered twice.',
    'refusal.http.expectation_failed': 'The request asks for something this platform does not support.',
    'refusal.http.headers_too_large':
      'The request carries too much information. Clear this site’s browsing data and try again.',
    'field.missing': 'This is required.',
    'field.wrong_type': 'This has the wrong format.',
    'field.too_long': 'Too long: at most {maximum} characters.',
    'field.too_short': 'Too short: at least {minimum} characters.',
    'field.too_big': 'Too large: at most {maximum}.',
    'field.too_small': 'Too small: at least {minimum}.',
    'field.forbidden_characters': 'It contains special characters that cannot be stored. Please remove them.',
    'field.not_listed': 'Please choose one of the options.',
    'field.unknown_field': 'Unknown field: {keys}.',
    'field.in_future': 'The time cannot lie in the future.',
    'field.in_past': 'The time cannot lie in the past.',
    'field.invalid': 'This entry is not valid.',
  },
});
