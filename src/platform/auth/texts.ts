import { defineTexts } from '../i18n/texts.ts';

export const authTexts = defineTexts({
  'zh-CN': {
    'refusal.auth.wrong_credentials': '用户名或密码不对。请核对后再试；忘记密码请联系管理员重新发送设置链接。',
    'refusal.auth.suspended': '这个账号已停用。如有疑问，请联系本单位管理员。',
    'refusal.auth.too_many_tries': '试的次数太多，请 {seconds} 秒后再试。忘记密码请联系管理员。',
    'refusal.auth.sso_off': '本平台没有开通统一身份认证。请用用户名和密码登录。',
    'refusal.auth.sso_away': '统一身份认证暂时连不上。请稍后再试，或用用户名和密码登录。',
    'refusal.auth.sso_over': '登录时间已过，或不是从这个浏览器开始的。请重新登录。',
    'refusal.auth.sso_failed': '统一身份认证没有通过核对，没有登录。请重新登录；若一直这样，请告诉管理员。',
    'refusal.auth.sso_unknown': '您在这个平台还没有账号，或账号已绑定别人。请联系本单位管理员。',
    'refusal.auth.second_factor_needed': '您的岗位需要第二步验证。请先在“登录与安全”里设置，或用已有的方式验证。',
    'refusal.auth.second_step_over': '验证时间已过，请重新登录。',
    'refusal.auth.wrong_code': '验证码不对，或已经用过。请等应用里出现新的 6 位数字再试；恢复码每个只能用一次。',
    'refusal.auth.passkey_unknown': '没有认出这个通行密钥。请用用户名和密码登录，或换一个通行密钥。',
    'refusal.auth.passkey_not_added': '通行密钥没有添加成功。请重新添加；若这台设备已添加过，不用再加。',
    'refusal.auth.no_second_factor': '没有找到这个验证方式。请刷新后再看。',
    'refusal.auth.last_second_factor': '您的岗位需要第二步验证，不能去掉最后一个。请先添加另一个。',
    'refusal.auth.session_not_found': '这个登录已经结束了。请刷新列表。',
    'refusal.auth.not_own_factors': '不能重置自己的第二步验证。请由另一位管理员操作；只有一位管理员时，见运维说明。',
    'refusal.auth.wrong_proof': '没有对上，请核对后再试。忘记密码或丢失验证设备，请联系管理员。',
    'refusal.auth.wrong_current_password': '当前密码不对，密码没有改。请重新填写。',
    'refusal.auth.password_length': '密码需要 {minimum} 到 {maximum} 个字符。一句好记的话就很好。',
    'refusal.auth.password_guessable':
      '这个密码太容易猜到：常见、曾经泄露，或由用户名、姓名、平台名、日期、键盘顺序拼成。请换一句自己才想得到的话。',
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
    'refusal.auth.sso_off': 'Central sign-in is not set up here. Please use username and password.',
    'refusal.auth.sso_away':
      'The central sign-in service does not answer. Try again later, or use username and password.',
    'refusal.auth.sso_over': 'Too much time has passed, or it began in another browser. Please sign in again.',
    'refusal.auth.sso_failed':
      'What the central sign-in service said did not pass the check. Please sign in again; if it persists, tell the administrator.',
    'refusal.auth.sso_unknown':
      'You have no account on this platform, or it is bound to somebody else. Please ask your administrator.',
    'refusal.auth.second_factor_needed':
      'Your post needs a second factor. Set one up under “Sign-in and safety”, or confirm with one you have.',
    'refusal.auth.second_step_over': 'Too much time has passed. Please sign in again.',
    'refusal.auth.wrong_code':
      'That code does not fit or was used already. Wait for the app’s next six digits; each recovery code works once.',
    'refusal.auth.passkey_unknown':
      'This passkey is not known here. Sign in with username and password, or use another passkey.',
    'refusal.auth.passkey_not_added':
      'The passkey was not added. Please try again; if this device was added before, there is no need to.',
    'refusal.auth.no_second_factor': 'There is no such second factor. Please reload the page.',
    'refusal.auth.last_second_factor':
      'Your post needs a second factor, so the last one cannot be removed. Add another one first.',
    'refusal.auth.session_not_found': 'That sign-in has ended already. Please reload the list.',
    'refusal.auth.not_own_factors':
      'You cannot reset your own second factors. Ask another administrator; if there is none, see the operations guide.',
    'refusal.auth.wrong_proof':
      'That does not match. Check it and try again; if you lost your password or device, ask the administrator.',
    'refusal.auth.wrong_current_password':
      'The current password is not right; nothing was changed. Please enter it again.',
    'refusal.auth.password_length': 'A password needs {minimum} to {maximum} characters. A short sentence does well.',
    'refusal.auth.password_guessable':
      'That password is easy to guess: common, known from breaches, or made of your name, this platform’s name, dates or rows of keys. Choose a sentence only you would think of.',
    'refusal.auth.link_invalid': 'This link was used or has expired. Please ask the administrator for a new one.',
    'refusal.auth.account_not_found': 'There is no such account. Please reload the list.',
    'refusal.auth.username_malformed':
      'A username has 3 to 40 characters: letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
    'refusal.auth.username_taken': 'This username is taken. Please choose another.',
    'refusal.auth.mail_taken': 'This mail address belongs to another account. Use another one, or leave it empty.',
    'refusal.auth.not_oneself': 'You cannot suspend your own account. Please ask another administrator.',
  },
});
