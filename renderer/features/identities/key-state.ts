import type { KeyLife } from '../../../shared/key-life';

/** How a key stands, in a word. */
export type KeyState = { readonly title: string; readonly tone: 'good' | 'warning' | 'danger' };

const MONTH_MS = 30 * 24 * 60 * 60_000;

/** Whether a key can be used at `now` (milliseconds since 1970), and whether somebody should look after it. */
export const keyState = (
  { revoked, expiresAt = Infinity }: Pick<KeyLife, 'revoked' | 'expiresAt'>,
  now: number,
): KeyState => {
  if (revoked) return { title: 'Revoked', tone: 'danger' };
  if (expiresAt <= now) return { title: 'Expired', tone: 'danger' };
  return expiresAt - now < MONTH_MS ? { title: 'Expires soon', tone: 'warning' } : { title: 'In force', tone: 'good' };
};
