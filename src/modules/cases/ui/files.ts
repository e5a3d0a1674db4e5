import { address, upload } from '../../../platform/web/client.ts';
import type { SendFile } from '../../../platform/web/office/photo-field.tsx';

/** Where the server keeps a case's files; each request is checked against what the reader may see. */
export const fileAddress = (id: string) => address({ path: '/api/files/:id' }, { params: { id } });
export const thumbnailAddress = (id: string) => address({ path: '/api/files/:id/thumbnail' }, { params: { id } });

/** Sends one file of a form; it belongs to its sender until a step or a filing takes it. */
export const sendFile: SendFile = async (file, options) => {
  const form = new FormData();
  form.append('file', file);
  const sent = await upload('/api/files', form, options);
  const { id, thumbnailUrl } = sent as { readonly id: string; readonly thumbnailUrl: string | null };
  return { id, thumbnailUrl: thumbnailUrl === null ? null : thumbnailAddress(id) };
};
