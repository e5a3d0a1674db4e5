import { Button, Modal } from 'antd';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type Box, boxBetween, drawCovered, type Spot } from './blur.ts';

type Props = {
  /** Address of the photo. */
  readonly source: string;
  readonly start: readonly Box[];
  readonly onDone: (boxes: readonly Box[]) => void;
  readonly onClose: () => void;
};

/** Widest picture that is drawn on the screen. */
const WIDEST = 1600;

/**
 * Covers faces, plates and signs: drag a rectangle over each. Shown as the public will see it; the server draws that
 * version from the rectangles, so what lies under them is gone from it.
 */
export function BlurTool({ source, start, onDone, onClose }: Props) {
  const { t } = useTexts();
  const canvas = useRef<HTMLCanvasElement>(null);
  const image = useImage(source);
  const [boxes, setBoxes] = useState(start);
  const [dragging, setDragging] = useState<Box | null>(null);
  const from = useRef<Spot | null>(null);
  const scale = image ? Math.min(1, WIDEST / Math.max(image.naturalWidth, image.naturalHeight)) : 1;
  const width = image ? Math.round(image.naturalWidth * scale) : 0;
  const height = image ? Math.round(image.naturalHeight * scale) : 0;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (image && context && width > 0)
      drawCovered(context, image, { width, height }, dragging ? [...boxes, dragging] : boxes);
  }, [image, boxes, dragging, width, height]);

  const place = (event: PointerEvent<HTMLCanvasElement>) => {
    const shown = event.currentTarget.getBoundingClientRect();
    return {
      x: (event.clientX - shown.left) / shown.width,
      y: (event.clientY - shown.top) / shown.height,
    };
  };
  const finish = () => {
    if (dragging && dragging.width > 0.005 && dragging.height > 0.005) setBoxes((all) => [...all, dragging]);
    from.current = null;
    setDragging(null);
  };
  return (
    <Modal
      open
      width={900}
      title={t('cases.ui.blur.title')}
      okText={t('cases.ui.blur.use')}
      cancelText={t('web.cancel')}
      onOk={() => onDone(boxes)}
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
        <Button size="small" onClick={() => setBoxes([{ x: 0, y: 0, width: 1, height: 1 }])}>
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
