/**
 * The content policy lets a style in that carries the page's nonce. Ant Design passes it on to most of its styles, but not
 * to those that keep a page from scrolling behind a dialog or measure a scroll bar; so every style element gets it where
 * it is made. What comes in as text, which is what the policy keeps out, is not made here.
 */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
if (nonce) {
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
}
