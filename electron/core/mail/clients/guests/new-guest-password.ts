import { APP_PASSWORD_OCTETS, appPasswordFrom, foldAppPassword } from '../../../domain/clients/app-password';
import type { Services } from '../../mailbox';

/** A new app password of a guest, and its hash, which alone is kept. */
export async function newGuestPassword({
  appPasswordHashes,
  random,
}: Pick<Services, 'appPasswordHashes' | 'random'>): Promise<{ password: string; hash: string }> {
  const password = appPasswordFrom(random.bytes(APP_PASSWORD_OCTETS));
  return { password, hash: await appPasswordHashes.hash({ password: foldAppPassword(password), beside: [] }) };
}
