import { useEffect, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { Button } from '../../../ui/Button';
import styles from '../cards.module.css';
import type { Crop } from './code-search';

export type CropPictureProps = {
  readonly picture: Blob;
  readonly onCrop: (crop: Crop) => void;
  readonly onAnew: () => void;
};

type Corners = { readonly from: { x: number; y: number }; readonly to: { x: number; y: number } };

/** Shorter than this, in pixels of the window, it was a press and not a rectangle. */
const SHORTEST_SIDE = 8;

const box = ({ from, to }: Corners) => ({
  left: Math.min(from.x, to.x),
  top: Math.min(from.y, to.y),
  width: Math.abs(to.x - from.x),
  height: Math.abs(to.y - from.y),
});

/** A `blob:` URL of a picture, given back when it is no longer shown. */
const useBlobUrl = (picture: Blob): string | undefined => {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    queueMicrotask(() => setUrl(made));
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return url;
};

/** A picture on which the person draws a rectangle around the code that was not found by itself. */
export const CropPicture = ({ picture, onCrop, onAnew }: CropPictureProps) => {
  const url = useBlobUrl(picture);
  const image = useRef<HTMLImageElement>(null);
  const [corners, setCorners] = useState<Corners>();
  const place = (event: PointerEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  const start = (event: PointerEvent) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setCorners({ from: place(event), to: place(event) });
  };
  const end = () => {
    const shown = image.current;
    if (corners === undefined || shown === null) return;
    const { left, top, width, height } = box(corners);
    setCorners(undefined);
    if (width < SHORTEST_SIDE || height < SHORTEST_SIDE) return;
    const ratio = shown.naturalWidth / shown.clientWidth;
    onCrop({
      x: Math.round(left * ratio),
      y: Math.round(top * ratio),
      width: Math.round(width * ratio),
      height: Math.round(height * ratio),
    });
  };
  return (
    <div className={styles.cropping} data-testid="crop">
      <p>Draw a rectangle around the code, or bring the code into view and take a new picture.</p>
      <div
        className={styles.crop}
        role="presentation"
        onPointerDown={start}
        onPointerMove={(event) => corners && setCorners({ ...corners, to: place(event) })}
        onPointerUp={end}
      >
        <img ref={image} src={url} alt="Your screen" draggable={false} data-testid="crop-picture" />
        {corners !== undefined && <span className={styles.rectangle} style={box(corners)} />}
      </div>
      <div className={styles.buttons}>
        <Button onClick={onAnew}>Take a new picture</Button>
      </div>
    </div>
  );
};
