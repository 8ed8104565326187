/** `Thu, 01 Jan 2026 00:00:00 +0000` (RFC 5322 3.3), of milliseconds since 1970. */
export function writtenDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString().replace('GMT', '+0000');
}
