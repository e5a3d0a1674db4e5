import { useState } from 'react';
import type { DraftPhoto } from '../photos/photo-store.ts';
import { type Photos, usePhotos } from '../photos/use-photos.ts';
import { useLimits } from '../pieces/settings.tsx';

const NONE: readonly DraftPhoto[] = [];

/** Photos of a supplement: as in a report, but they last only as long as the page. */
export function useSupplementPhotos(): Photos & { readonly fileIds: string[] } {
  const limits = useLimits();
  const [list, setList] = useState(NONE);
  const photos = usePhotos(list, setList, limits, { survive: false });
  return { ...photos, fileIds: list.flatMap((photo) => (photo.fileId === null ? [] : [photo.fileId])) };
}
