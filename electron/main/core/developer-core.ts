import type { MessagePortMain } from 'electron';
import { RpcReply } from '../../../shared/contract/rpc-kit';

/**
 * Unlocks the profile of `npm run dev` and `npm run sample` by a call of main's own, with the passphrase in
 * POSTHORN_PASSPHRASE: a developer should not type it after each restart. Only a clone does so; main of a package never
 * speaks to the core about mail.
 * @returns whether the core opened the profile
 */
export function unlockForDeveloper(port: MessagePortMain, passphrase: string): Promise<boolean> {
  return new Promise((resolve) => {
    port.on('message', ({ data }: { data: unknown }) => {
      const reply = RpcReply.safeParse(data);
      if (!reply.success || reply.data.kind === 'event') return;
      port.close();
      resolve(reply.data.kind === 'result');
    });
    port.start();
    port.postMessage({ kind: 'call', id: 1, method: 'profile.unlock', params: { passphrase } });
  });
}
