import { defineTexts } from '../i18n/texts.ts';

export const authTexts = defineTexts({
  'zh-CN': {
    'refusal.auth.wrong_credentials': '用户名或密码不对。请核对后再试；忘记密码请联系管理员重新发送设置链接。',
    'refusal.auth.suspended': '这个账号已停用。如有疑问，请联系本单位管理员。',
    'refusal.auth.too_many_tries': '试的次数太多，请 {seconds} 秒后再试。忘记密码请联系管理员。',
    'refusal.auth.wrong_proof': '没有对上，请核对后再试。忘记密码或丢失验证设备，请联系管理员。',
    'refusal.auth.wrong_current_password': '当前密码不对，密码没有改。请重新填写。',
    'refusal.auth.password_length': '密码需要 {minimum} 到 {maximum} 个字符。一句好记的话就很好。',
    'refusal.auth.password_guessable': '这个密码太容易猜到（含用户名，或总是同几个字符）。请换一个。',
    'refusal.auth.link_invalid': '这个链接已用过或已过期。请联系管理员再发一个。',
    'refusal.auth.account_not_found': '没有找到这个账号。请刷新列表后再看。',
    'refusal.auth.username_malformed':
      '用户名需要 3 到 40 个字符，可用字母、数字、点、横线和下划线，以字母或数字开头。',
    'refusal.auth.username_taken': '这个用户名已有人用。请换一个。',
    'refusal.auth.mail_taken': '这个邮箱已用于另一个账号。请换一个，或留空。',
    'refusal.auth.not_oneself': '不能停用自己的账号。请由另一位管理员操作。',
  },
  en: {
    'refusal.auth.wrong_credentials':
      'The username or password is not right. Check both and try again; if you forgot it, ask the administrator for a new link.',
    'refusal.auth.suspended': 'This account is suspended. Please ask your administrator.',
    'refusal.auth.too_many_tries': 'Too many tries. Please try again in {seconds} seconds, or ask the administrator.',
    'refusal.auth.wrong_proof':
      'That does not match. Check it and try again; if you lost your password or device, ask the administrator.',
    'refusal.auth.wrong_current_password':
      'The current password is not right; nothing was changed. Please enter it again.',
    'refusal.auth.password_length': 'A password needs {minimum} to {maximum} characters. A short sentence does well.',
    'refusal.auth.password_guessable':
      'That password is easy to guess (it holds the username, or few different characters). Please choose another.',
    'refusal.auth.link_invalid': 'This link was used or has expired. Please ask the administrator for a new one.',
    'refusal.auth.account_not_found': 'There is no such account. Please reload the list.',
    'refusal.auth.username_malformed':
      'A username has 3 to 40 characters: letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
    'refusal.auth.username_taken': 'This username is taken. Please choose another.',
    'refusal.auth.mail_taken': 'This mail address belongs to another account. Use another one, or leave it empty.',
    'refusal.auth.not_oneself': 'You cannot suspend your own account. Please ask another administrator.',
  },
});
