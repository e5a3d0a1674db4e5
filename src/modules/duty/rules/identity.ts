/**
 * Signs of a person in a text for the police line: a telephone number, an identity card's number. Place and matter alone go
 * over; who called is asked for by lawful request.
 */
const MOBILE = /(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/;
const IDENTITY_CARD = /(?<!\d)\d{17}[\dXx](?![\dXx])/;
const FULL_WIDTH = /[０-９]/g;

export function namesPerson(text: string): boolean {
  const plain = text.replace(FULL_WIDTH, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  return MOBILE.test(plain) || IDENTITY_CARD.test(plain);
}
