import { upload } from '../../../../platform/web/client.ts';
import { api } from '../endpoints.ts';

type Options = {
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly onProgress: (part: number) => void;
};

/** Sends one photo; answers the id under which the server keeps it until it is attached to a request. */
export async function uploadPhoto(photo: Blob, name: string, options: Options): Promise<string> {
  const form = new FormData();
  form.append('file', photo, name);
  const answer = (await upload(api.uploadPublic.path, form, options)) as { id: string };
  return answer.id;
}
