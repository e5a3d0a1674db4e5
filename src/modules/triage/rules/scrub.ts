/** Patterns of what points to a person or a way to reach one, longest first. */
const PATTERNS: readonly RegExp[] = [
  /[\w.+-]+@[\w-]+(\.[\w-]+)+/g,
  // Identity card, bank card, passport and the like.
  /(?<!\d)\d{17}[\dXx](?!\d)/g,
  /(?<!\d)(?:\d[ -]?){15,19}(?!\d)/g,
  /(?<![A-Za-z\d])[EGPDSHM]\d{8}(?!\d)/g,
  // Telephone numbers, with country code, area code or spaces.
  /(?:\+?86[ -]?)?(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g,
  /(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)/g,
  /(?<!\d)\d{7,8}(?!\d)/g,
  // Number plates.
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z\d]{5,6}/g,
  /(?:微信|QQ|wechat|weixin)(?:号|群)?[:： ]*[A-Za-z\d_-]{5,20}/gi,
];

/** How people introduce themselves or name somebody: the name after it goes, the words stay. */
const INTRODUCED =
  /(我叫|我是|本人|名叫|姓名[:：]?|联系人[:：]?|当事人[:：]?)([\p{Script=Han}]{2,4}?)(?=[，,。；;、：:\s]|$|住|系|是|电话|手机)/gu;
const TITLED =
  /[\p{Script=Han}]{1,3}(?=(先生|女士|小姐|同志|师傅|老师|医生|主任|书记|局长|镇长|村长)[，,。；;、\s：:的])/gu;

export const REMOVED = '▇';

/**
 * A text without telephone numbers, identity numbers, mail addresses, plates and names: those given, and those that
 * people introduce. It errs on the side of removing; a training and a machine elsewhere need none of it.
 */
export function scrub(text: string, names: readonly string[] = []): string {
  let left = text;
  for (const name of names) if (name.trim().length >= 2) left = left.replaceAll(name.trim(), REMOVED);
  for (const pattern of PATTERNS) left = left.replace(pattern, REMOVED);
  return left.replace(INTRODUCED, `$1${REMOVED}`).replace(TITLED, REMOVED);
}
