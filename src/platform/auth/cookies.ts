/** What a request says beside its body, as Node gives it. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The part of a Fastify reply that sets headers; handlers get it as `raw.reply`. */
type ReplyLike = { header(name: string, value: string | readonly string[]): unknown };

/** Adds Set-Cookie lines to the answer. */
export function setCookies(reply: unknown, cookies: readonly string[]): void {
  // Fastify gathers repeated set-cookie headers into a list.
  for (const cookie of cookies) (reply as ReplyLike).header('set-cookie', cookie);
}

/**
 * The name of one of our cookies. Over TLS its prefix makes browsers refuse one that was set without TLS, for a folder,
 * or by a neighbouring host.
 */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

/** A cookie only the server reads; gone with the browser's window unless `maxAgeSeconds` says otherwise. */
export function serverCookie(
  name: string,
  value: string,
  options: { readonly secure: boolean; readonly maxAgeSeconds?: number },
): string {
  const age = options.maxAgeSeconds === undefined ? '' : `; Max-Age=${options.maxAgeSeconds}`;
  return `${cookieName(name, options.secure)}=${value}; Path=/; HttpOnly; SameSite=Strict${options.secure ? '; Secure' : ''}${age}`;
}

/** The value of a cookie of ours, whose values need no decoding. */
export function cookieOf(headers: Headers, name: string): string | null {
  for (const part of String(headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
