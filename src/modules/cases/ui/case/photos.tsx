import { useRef, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { sizeText } from '../../../../platform/web/time.ts';
import { fileAddress, thumbnailAddress } from '../files.ts';
import type { CaseDetail } from '../queries.ts';

type CaseFile = CaseDetail['files'][number];

/** Small pictures that open large, one after another; other files as links. */
export function Photos({ files }: { files: readonly CaseFile[] }) {
  const { t, locale } = useTexts();
  const [shown, setShown] = useState<number | null>(null);
  const images = files.filter((file) => file.image);
  const others = files.filter((file) => !file.image);
  if (files.length === 0) return null;
  return (
    <>
      <ul className="thumbnails">
        {images.map((file, index) => (
          <li key={file.id}>
            <button
              type="button"
              aria-label={t('cases.ui.photo_open', { n: index + 1, of: images.length })}
              onClick={() => setShown(index)}
            >
              <img src={thumbnailAddress(file.id)} alt="" width="84" height="63" loading="lazy" />
            </button>
          </li>
        ))}
        {others.map((file) => (
          <li key={file.id}>
            <a href={fileAddress(file.id)} target="_blank" rel="noreferrer">
              {t('cases.ui.file', { type: file.type, size: sizeText(locale, file.size) })}
            </a>
          </li>
        ))}
      </ul>
      {shown !== null && <Viewer images={images} at={shown} onMove={setShown} onClose={() => setShown(null)} />}
    </>
  );
}

type ViewerProps = {
  images: readonly CaseFile[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
};

/** One photo at full size; arrows go on, Escape closes (the browser's own dialog keeps the focus inside). */
function Viewer({ images, at, onMove, onClose }: ViewerProps) {
  const { t } = useTexts();
  const dialog = useRef<HTMLDialogElement | null>(null);
  const image = images[at];
  if (image === undefined) return null;
  const step = (by: number) => onMove((at + by + images.length) % images.length);
  const place = t('cases.ui.photo_at', { n: at + 1, of: images.length });
  return (
    <dialog
      ref={(element) => {
        dialog.current = element;
        if (element && !element.open) element.showModal();
      }}
      className="photo-viewer"
      aria-label={place}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') step(1);
        if (event.key === 'ArrowLeft') step(-1);
      }}
    >
      <img
        src={fileAddress(image.id)}
        alt={place}
        {...(image.width && image.height ? { width: image.width, height: image.height } : {})}
      />
      <div className="viewer-tools">
        {images.length > 1 && (
          <>
            <button type="button" onClick={() => step(-1)}>
              {t('cases.ui.previous')}
            </button>
            <span aria-live="polite">{place}</span>
            <button type="button" onClick={() => step(1)}>
              {t('cases.ui.next')}
            </button>
          </>
        )}
        <button type="button" onClick={() => dialog.current?.close()}>
          {t('web.close')}
        </button>
      </div>
    </dialog>
  );
}
