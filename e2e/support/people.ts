import type { Browser, Locator, Page } from 'playwright-core';
import type { Locale } from '../../src/platform/i18n/texts.ts';
import { page, type Width } from '../../src/platform/testing/browser.ts';
import { drawnPhoto } from '../../src/modules/demo/photos.ts';
import type { Platform } from './platform-process.ts';
import { signIn } from './sign-in.ts';

/** Everything may take long on a busy machine; a test that waits for what never comes ends all the same. */
const PATIENCE_MS = 60_000;

export type Device = {
  /** Where the person begins. */
  readonly path?: string;
  readonly width?: Width;
  readonly locale?: Locale;
};

/** A demo account's holder, signed in at a device of his own. */
export async function officer(
  browser: Browser,
  platform: Platform,
  username: string,
  { path = '/office/', ...device }: Device = {},
): Promise<Page> {
  const account = platform.accounts.find((one) => one.username === username);
  if (!account) throw new Error(`the demo has no account ${username}`);
  const screen = await person(browser, platform, device);
  await signIn(screen, account);
  await screen.goto(path);
  return screen;
}

/** Somebody at a device of his own, signed in nowhere. */
export async function person(
  browser: Browser,
  { url }: { readonly url: string },
  device: Omit<Device, 'path'> = {},
): Promise<Page> {
  const screen = await page(browser, { baseUrl: url, ...device });
  screen.setDefaultTimeout(PATIENCE_MS);
  return screen;
}

/** Lets the person's device know where it is, and be asked. */
export async function standAt(screen: Page, place: { readonly lon: number; readonly lat: number }): Promise<void> {
  await screen.context().grantPermissions(['geolocation']);
  await screen.context().setGeolocation({ longitude: place.lon, latitude: place.lat, accuracy: 12 });
}

/** Takes a photo into the photo field of this name. A form waits for its photos, so nothing here has to. */
export async function takePhoto(within: Page | Locator, label: string, photo: { index: number; settled?: boolean }) {
  const name = `${photo.index}.jpg`;
  const buffer = await drawnPhoto(photo.index, photo.settled ?? false);
  await within
    .locator(`input[type=file][aria-label="${label}"]`)
    .setInputFiles({ name, mimeType: 'image/jpeg', buffer });
}

/** Opens an action of the case page; answers its dialog. */
export async function openStep(screen: Page, action: string): Promise<Locator> {
  await screen.getByRole('button', { name: `${action}…`, exact: true }).click();
  return screen.getByRole('dialog', { name: action });
}

/** Sends the dialog of an action and waits until it is recorded. */
export async function sendStep(dialog: Locator, action: string): Promise<void> {
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Presses an action that asks nothing. */
export async function press(screen: Page, action: string): Promise<void> {
  await screen.getByRole('button', { name: action, exact: true }).click();
}

/** Waits until the page says so. */
export async function sees(within: Page | Locator, text: string | RegExp): Promise<void> {
  await within.getByText(text).first().waitFor();
}
