import { useMemo } from 'react';
import styles from './AddressQr.module.css';
import { qrPath } from './qr-path';

export type AddressQrProps = {
  readonly address: string;
  readonly size: number;
  /** What the code holds when it is more than the address: the whole text of a card. */
  readonly text?: string;
  /** What it is, for who cannot see it. */
  readonly label?: string;
};

/**
 * An address, or the card of one, as a QR code; dark on white in both themes because many scanners refuse the reverse.
 * `size` in pixels.
 */
export const AddressQr = ({ address, size, text = address, label = 'QR code of this address' }: AddressQrProps) => {
  const { path, width } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className={styles.code}
      width={size}
      height={size}
      viewBox={`0 0 ${width} ${width}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
      data-testid="address-qr"
      data-text={text}
    >
      <rect width={width} height={width} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};
