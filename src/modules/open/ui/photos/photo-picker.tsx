import { useEffect, useId, useRef, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useLimits } from '../pieces/settings.tsx';
import { PHOTO_KINDS, photoSize } from './check-photo.ts';
import { type DraftPhoto, findPhoto } from './photo-store.ts';
import type { Photos, PhotoState } from './use-photos.ts';

/** Photos of a report with what becomes of each; optional, up to the server's limit. */
export function PhotoPicker({ photos }: { readonly photos: Photos }) {
  const { t, locale } = useTexts();
  const limits = useLimits();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const room = limits.photos - photos.list.length;
  const hint = t('open.photo.hint', { n: limits.photos, size: photoSize(locale, limits.photoBytes) });
  return (
    <fieldset className="field" aria-describedby={`${id}-hint`}>
      <legend>
        {t('open.photo.label')} <small>{t('open.optional')}</small>
      </legend>
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <ul className="photos">
        {photos.list.map((photo, index) => (
          <Photo key={photo.id} photo={photo} n={index + 1} state={photos.states.get(photo.id)} photos={photos} />
        ))}
        {room > 0 && (
          <li>
            <button type="button" className="photo photo-add" onClick={() => input.current?.click()}>
              <span aria-hidden="true">＋</span>
              {t('open.photo.add')}
            </button>
          </li>
        )}
      </ul>
      <input
        ref={input}
        type="file"
        accept={PHOTO_KINDS}
        multiple
        hidden
        aria-label={t('open.photo.add')}
        onChange={(event) => {
          photos.add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <ul className="photo-problems">
        {photos.complaints.map((complaint) => (
          <li key={complaint} className="field-error">
            {complaint}
          </li>
        ))}
        {photos.list.map((photo, index) => (
          <PhotoProblem
            key={photo.id}
            n={index + 1}
            state={photos.states.get(photo.id)}
            onRetry={() => photos.retry(photo.id)}
          />
        ))}
      </ul>
    </fieldset>
  );
}

type PhotoProps = {
  readonly photo: DraftPhoto;
  readonly n: number;
  readonly state: PhotoState | undefined;
  readonly photos: Photos;
};

function Photo({ photo, n, state, photos }: PhotoProps) {
  const { t } = useTexts();
  const picture = usePicture(photo.id);
  const percent = Math.round((state?.part ?? 0) * 100);
  const word =
    photo.fileId !== null
      ? t('open.photo.done')
      : state?.error
        ? t('open.photo.failed')
        : state
          ? t('open.photo.part', { percent })
          : t('open.photo.waiting');
  return (
    <li>
      <figure className={`photo ${state?.error ? 'photo-bad' : ''}`}>
        {picture ? (
          <img src={picture} alt={t('open.photo.alt', { n, name: photo.name })} />
        ) : (
          <span className="photo-name">{photo.name}</span>
        )}
        {photo.fileId === null && !state?.error && (
          <progress max={100} value={percent} aria-label={t('open.photo.alt', { n, name: photo.name })} />
        )}
        <figcaption>{word}</figcaption>
        <button type="button" className="photo-remove" onClick={() => photos.remove(photo.id)}>
          <span aria-hidden="true">×</span>
          <span className="sr-only">{t('open.photo.remove', { n })}</span>
        </button>
      </figure>
    </li>
  );
}

type ProblemProps = { readonly n: number; readonly state: PhotoState | undefined; readonly onRetry: () => void };

function PhotoProblem({ n, state, onRetry }: ProblemProps) {
  const { t } = useTexts();
  if (!state?.error) return null;
  return (
    <li className="field-error">
      {state.error}{' '}
      {!state.lost && (
        <button type="button" className="link" onClick={onRetry}>
          {t('open.photo.retry', { n })}
        </button>
      )}
    </li>
  );
}

/** An address of the stored photo for this page. */
function usePicture(id: string): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let wanted = true;
    void findPhoto(id).then((photo) => {
      if (!photo || !wanted) return;
      made = URL.createObjectURL(photo);
      setAddress(made);
    });
    return () => {
      wanted = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [id]);
  return address;
}
