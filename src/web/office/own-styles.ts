/**
 * The content policy lets a style in that carries the page's nonce. Ant Design passes it on to most of its styles, but not
 * to those that keep a page from scrolling behind a dialog or measure a scroll bar; so every style element gets it where
 * it is made. A growing text field measures itself by writing a style attribute as text; written as properties, the same
 * is allowed. What comes in as markup, which is what the policy keeps out, takes neither way.
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

const setAttribute = HTMLElement.prototype.setAttribute;
HTMLElement.prototype.setAttribute = function (name: string, value: string) {
  if (name === 'style') this.style.cssText = value;
  else setAttribute.call(this, name, value);
};
