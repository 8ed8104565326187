import type { MailNotices } from '../../ports/mime';
import { readSingleAddress } from '../octets/read-addresses';
import { onlyFieldOf, type MimePart } from '../octets/structure-checks';

/** At least 96 random bits in base64url. */
const SCAN_CODE = /^[A-Za-z0-9_-]{16,64}$/;

/**
 * The fields that Posthorn writes for Posthorn. Anybody can have made the picture that a scan code comes from: a text
 * that is no code is left out, because it could add fields to the header.
 */
export function noticeFields({ scanCode, movedTo }: MailNotices): { readonly name: string; readonly value: string }[] {
  return [
    ...(scanCode !== undefined && SCAN_CODE.test(scanCode) ? [{ name: 'Posthorn-Scan-Code', value: scanCode }] : []),
    ...(movedTo === undefined ? [] : [{ name: 'Posthorn-Moved-To', value: movedTo }]),
  ];
}

/**
 * The notices in a sealed header. A field that `noticeFields` would not write so, or that stands twice, is ignored.
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
