import type { MailNotices } from '../../ports/mime';
import { readSingleAddress } from '../octets/read-addresses';
import { onlyFieldOf, type MimePart } from '../octets/structure-checks';

/** At least 96 random bits in base64url. */
const SCAN_CODE = /^[A-Za-z0-9_-]{16,64}$/;

/**
 * The fields by which Posthorn tells Posthorn. A code comes from a picture that anybody can have drawn: one that is
 * none is left out, so that it can add nothing to a header.
 */
export function noticeFields({ scanCode, movedTo }: MailNotices): { readonly name: string; readonly value: string }[] {
  return [
    ...(scanCode !== undefined && SCAN_CODE.test(scanCode) ? [{ name: 'Posthorn-Scan-Code', value: scanCode }] : []),
    ...(movedTo === undefined ? [] : [{ name: 'Posthorn-Moved-To', value: movedTo }]),
  ];
}

/**
 * What a sealed header tells beside the text. A field that is not exactly as it is written, or stands twice, says
 * nothing.
 */
export function readNotices(root: MimePart): MailNotices {
  const code = onlyFieldOf(root, 'posthorn-scan-code');
  const moved = onlyFieldOf(root, 'posthorn-moved-to');
  const movedTo = moved === undefined ? undefined : readSingleAddress(moved);
  return {
    ...(code !== undefined && SCAN_CODE.test(code) ? { scanCode: code } : {}),
    ...(movedTo !== undefined && movedTo === moved ? { movedTo } : {}),
  };
}
