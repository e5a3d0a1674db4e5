/** The first character and two stars, whatever the length: the length of a name tells something, too. */
export function maskName(name: string): string {
  const [first] = name.trim();
  return first === undefined ? '' : `${first}**`;
}

/** `w***@example.org`: enough for the person to know his own. */
export function maskMail(mail: string): string {
  const at = mail.lastIndexOf('@');
  const [first] = mail;
  return at < 1 || first === undefined ? '***' : `${first}***${mail.slice(at)}`;
}
