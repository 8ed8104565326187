import type { ShellWish } from '../../shared/contract/shell-contract';
import { WISH_MESSAGE, WishMessage } from '../../shared/contract/shell-contract';
import type { ShellClient } from './shell-client';

const isWish = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === WISH_MESSAGE;

/**
 * Takes the wishes of the main process and answers each when it is done.
 * @param grant does what is wished
 * @returns how to stop
 */
export const hearWishes = (
  { page, shell }: { readonly page: Window; readonly shell: ShellClient },
  grant: (wish: ShellWish) => Promise<void>,
): (() => void) => {
  const take = async (message: WishMessage): Promise<void> => {
    await grant(message.wish);
    await shell.call('wishes.heard', { wishId: message.wishId });
  };
  const hear = ({ source, data }: MessageEvent<unknown>): void => {
    if (source !== page || !isWish(data)) return;
    const message = WishMessage.safeParse(data);
    // What could not be done is not answered: the main process then goes on without this page.
    if (message.success) take(message.data).catch(() => undefined);
  };
  page.addEventListener('message', hear);
  shell.call('wishes.listen', {}).catch(() => undefined);
  return () => page.removeEventListener('message', hear);
};
