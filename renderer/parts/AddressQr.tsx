import QRCode from 'qrcode';
import { useMemo } from 'react';
import styles from './AddressQr.module.css';

/** White rows around the code: scanners need four (ISO/IEC 18004, 9.1). */
const QUIET_ZONE = 4;

/** One SVG path of all dark modules, and the width in modules with the quiet zone. */
const drawCode = (text: string): { path: string; width: number } => {
  const { data, size } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  let path = '';
  data.forEach((dark, index) => {
    if (dark) path += `M${(index % size) + QUIET_ZONE} ${Math.floor(index / size) + QUIET_ZONE}h1v1h-1z`;
  });
  return { path, width: size + 2 * QUIET_ZONE };
};

export type AddressQrProps = { readonly address: string; readonly size: number };

/** An address as a QR code, dark on white in both themes because many scanners refuse the reverse. `size` in pixels. */
export const AddressQr = ({ address, size }: AddressQrProps) => {
  const { path, width } = useMemo(() => drawCode(address), [address]);
  return (
    <svg
      className={styles.code}
      width={size}
      height={size}
      viewBox={`0 0 ${width} ${width}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label="QR code of this address"
      data-testid="address-qr"
    >
      <rect width={width} height={width} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};
