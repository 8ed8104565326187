import QRCode from 'qrcode';

/** White rows around the code: scanners need four (ISO/IEC 18004, 9.1). */
const QUIET_ZONE = 4;

/** One SVG path of all dark modules, and the width in modules with the quiet zone. */
export const qrPath = (text: string): { readonly path: string; readonly width: number } => {
  const { data, size } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  let path = '';
  data.forEach((dark, index) => {
    if (dark) path += `M${(index % size) + QUIET_ZONE} ${Math.floor(index / size) + QUIET_ZONE}h1v1h-1z`;
  });
  return { path, width: size + 2 * QUIET_ZONE };
};
