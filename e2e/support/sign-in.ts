import type { Page } from 'playwright-core';

/** Signs the page's device in, as the sign-in form would; throws with the server's words when refused. */
export async function signIn(
  screen: Page,
  account: { readonly username: string; readonly password: string },
): Promise<void> {
  const answer = await screen.request.post('/api/auth/sign-in', {
    data: { username: account.username, password: account.password },
  });
  if (!answer.ok()) throw new Error(`${account.username} was not signed in: ${await answer.text()}`);
}
