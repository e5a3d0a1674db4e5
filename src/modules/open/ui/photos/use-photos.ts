import { useCallback, useEffect, useRef, useState } from 'react';
import { isProblem } from '../../../../platform/web/client.ts';
import { type TextsInUse, useTexts } from '../../../../platform/web/i18n.tsx';
import { randomKey } from '../../../../platform/web/keys.ts';
import type { Settings } from '../../contract.ts';
import { announce } from '../pieces/announce.tsx';
import { problemText } from '../pieces/problem.tsx';
import { complaintOfPhoto, photoSize } from './check-photo.ts';
import { type DraftPhoto, findPhoto, holdPhoto, removePhoto, storePhoto } from './photo-store.ts';
import { uploadPhoto } from './upload-photo.ts';

export type PhotoState = { readonly part: number; readonly error: string | null; readonly lost: boolean };

export type Photos = {
  readonly list: readonly DraftPhoto[];
  readonly states: ReadonlyMap<string, PhotoState>;
  /** What was wrong with files that were not added. */
  readonly complaints: readonly string[];
  readonly waiting: number;
  readonly failed: number;
  readonly add: (files: readonly File[]) => void;
  readonly retry: (id: string) => void;
  readonly retryAll: () => void;
  readonly remove: (id: string) => void;
  readonly removeAll: () => void;
};

type Change = (next: (last: readonly DraftPhoto[]) => readonly DraftPhoto[]) => void;

/**
 * The photos of a form: checked when chosen, sent one after the other while the person goes on writing, tried again
 * when the phone is back online. Those of a draft `survive` a closed page.
 */
export function usePhotos(
  list: readonly DraftPhoto[],
  change: Change,
  limits: Settings['limits'],
  options: { readonly survive: boolean },
): Photos {
  const { survive } = options;
  const texts = useTexts();
  const [states, setStates] = useState<ReadonlyMap<string, PhotoState>>(new Map());
  const [complaints, setComplaints] = useState<readonly string[]>([]);

  const note = useCallback((id: string, state: PhotoState | null) => {
    setStates((last) => {
      const next = new Map(last);
      if (state) next.set(id, state);
      else next.delete(id);
      return next;
    });
  }, []);
  useUploads(list, states, change, note, texts);

  const add = useCallback(
    (files: readonly File[]) => {
      const { good, said } = sort(files, limits, limits.photos - list.length, texts);
      setComplaints(said);
      if (said.length > 0) announce(said.join(' '));
      const added = good.map((file) => ({
        photo: { id: randomKey(), name: file.name, size: file.size, fileId: null },
        file,
      }));
      for (const { photo, file } of added) holdPhoto(photo.id, file);
      const storing = survive ? added.map(({ photo, file }) => storePhoto(photo.id, file)) : [];
      void Promise.all(storing).then((kept) => {
        if (kept.includes(false)) setComplaints((last) => [...last, texts.t('open.photo.memory')]);
        change((last) => [...last, ...added.map(({ photo }) => photo)]);
      });
    },
    [list.length, limits, texts, change, survive],
  );
  const retry = useCallback((id: string) => note(id, null), [note]);
  const retryAll = useCallback(
    () => setStates((last) => new Map([...last].filter(([, state]) => state.error === null))),
    [],
  );
  const remove = useCallback(
    (id: string) => {
      change((last) => last.filter((photo) => photo.id !== id));
      note(id, null);
      void removePhoto(id);
    },
    [change, note],
  );
  const removeAll = useCallback(() => {
    setStates(new Map());
    setComplaints([]);
    for (const photo of list) void removePhoto(photo.id);
    change(() => []);
  }, [list, change]);

  useEffect(() => {
    window.addEventListener('online', retryAll);
    return () => window.removeEventListener('online', retryAll);
  }, [retryAll]);

  const open = list.filter((photo) => photo.fileId === null);
  const failed = open.filter((photo) => states.get(photo.id)?.error != null).length;
  return { list, states, complaints, waiting: open.length - failed, failed, add, retry, retryAll, remove, removeAll };
}

function sort(files: readonly File[], limits: Settings['limits'], room: number, { t, locale }: TextsInUse) {
  const good: File[] = [];
  const said: string[] = [];
  for (const file of files) {
    const complaint = complaintOfPhoto(file, limits.photoBytes);
    if (complaint === 'wrong_kind') said.push(t('open.photo.wrong_kind', { name: file.name }));
    else if (complaint === 'too_big') {
      const sizes = { size: photoSize(locale, file.size), max: photoSize(locale, limits.photoBytes) };
      said.push(t('open.photo.too_big', { name: file.name, ...sizes }));
    } else good.push(file);
  }
  if (good.length > room) said.push(t('open.photo.too_many', { n: limits.photos }));
  return { good: good.slice(0, Math.max(0, room)), said };
}

type Note = (id: string, state: PhotoState | null) => void;

/** Sends the first photo that waits; when it is through, the list has changed and the next one's turn comes. */
function useUploads(
  list: readonly DraftPhoto[],
  states: ReadonlyMap<string, PhotoState>,
  change: Change,
  note: Note,
  texts: TextsInUse,
): void {
  const said = useRef(texts);
  useEffect(() => {
    said.current = texts;
  });
  const next = list.find((photo) => photo.fileId === null && (states.get(photo.id)?.error ?? null) === null);
  const id = next?.id;
  const name = next?.name ?? '';
  useEffect(() => {
    if (id === undefined) return;
    const stop = new AbortController();
    send(id, name, stop.signal, note).then(
      (fileId) => {
        if (stop.signal.aborted) return;
        change((last) => last.map((photo) => (photo.id === id ? { ...photo, fileId } : photo)));
        note(id, null);
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const { text, lost } = sayFailure(error, name, said.current);
        note(id, { part: 0, error: text, lost });
        announce(text);
      },
    );
    return () => stop.abort();
  }, [id, name, change, note]);
}

async function send(id: string, name: string, signal: AbortSignal, note: Note): Promise<string> {
  const photo = await findPhoto(id);
  if (!photo) throw new PhotoLost();
  // The photo's own id is the key: tried again after a lost answer, the server gives the first answer.
  return uploadPhoto(photo, name, {
    idempotencyKey: id,
    signal,
    onProgress: (part) => note(id, { part, error: null, lost: false }),
  });
}

class PhotoLost extends Error {}

function sayFailure(error: unknown, name: string, texts: TextsInUse): { text: string; lost: boolean } {
  if (error instanceof PhotoLost) return { text: texts.t('open.photo.lost', { name }), lost: true };
  if (isProblem(error, 'client.offline')) return { text: texts.t('open.photo.offline', { name }), lost: false };
  return { text: problemText(texts, error), lost: false };
}
