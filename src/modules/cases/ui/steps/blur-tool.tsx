import { Button, Modal } from 'antd';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type Box, boxBetween, drawBlurred } from './blur.ts';

type Props = {
  /** Address of the photo. */
  readonly source: string;
  readonly onDone: (photo: Blob) => void;
  readonly onClose: () => void;
};

/** Widest picture that is made public; larger ones are shrunk. */
const WIDEST = 1600;

/**
 * Makes faces, plates and signs unreadable: drag a rectangle over each. A new picture is drawn, so what lies under a
 * rectangle is gone, and so is whatever the camera wrote into the file.
 */
export function BlurTool({ source, onDone, onClose }: Props) {
  const { t } = useTexts();
  const canvas = useRef<HTMLCanvasElement>(null);
  const image = useImage(source);
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  const [dragging, setDragging] = useState<Box | null>(null);
  const from = useRef<{ x: number; y: number } | null>(null);
  const scale = image ? Math.min(1, WIDEST / Math.max(image.naturalWidth, image.naturalHeight)) : 1;
  const width = image ? Math.round(image.naturalWidth * scale) : 0;
  const height = image ? Math.round(image.naturalHeight * scale) : 0;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (image && context && width > 0)
      drawBlurred(context, image, { width, height }, dragging ? [...boxes, dragging] : boxes);
  }, [image, boxes, dragging, width, height]);

  const place = (event: PointerEvent<HTMLCanvasElement>) => {
    const shown = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - shown.left) / shown.width) * width,
      y: ((event.clientY - shown.top) / shown.height) * height,
    };
  };
  const finish = () => {
    if (dragging && dragging.width > 4 && dragging.height > 4) setBoxes((all) => [...all, dragging]);
    from.current = null;
    setDragging(null);
  };
  const save = () => canvas.current?.toBlob((blob) => blob && onDone(blob), 'image/jpeg', 0.88);
  return (
    <Modal
      open
      width={900}
      title={t('cases.ui.blur.title')}
      okText={t('cases.ui.blur.use')}
      cancelText={t('web.cancel')}
      onOk={save}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{t('cases.ui.blur.about')}</p>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        className="blur-canvas"
        role="img"
        aria-label={t('cases.ui.blur.count', { n: boxes.length })}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = place(event);
        }}
        onPointerMove={(event) => {
          if (from.current) setDragging(boxBetween(from.current, place(event)));
        }}
        onPointerUp={finish}
        onPointerCancel={finish}
      />
      <div className="small-actions">
        <Button size="small" disabled={boxes.length === 0} onClick={() => setBoxes((all) => all.slice(0, -1))}>
          {t('cases.ui.blur.undo')}
        </Button>
        <Button size="small" onClick={() => setBoxes([{ x: 0, y: 0, width, height }])}>
          {t('cases.ui.blur.all')}
        </Button>
        <span role="status" className="soft">
          {t('cases.ui.blur.count', { n: boxes.length })}
        </span>
      </div>
    </Modal>
  );
}

function useImage(source: string): HTMLImageElement | null {
  const [image, setImage] = useState<HTMLImageElement | null>(null);
  useEffect(() => {
    const loading = new Image();
    loading.onload = () => setImage(loading);
    loading.src = source;
    return () => {
      loading.onload = null;
    };
  }, [source]);
  return image;
}
