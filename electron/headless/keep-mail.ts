import type { RpcClient } from '../../shared/contract/rpc-client';
import type { Output } from './commands/command';

/** `localPart`: of the identity that is made when there is none. */
export type KeepMail = { readonly localPart: string; readonly output: Output };

const instruction =
  'This machine can keep your mail while your own computer is off: there, open «While you are away», choose «Use my own always-on machine…» and paste this pairing code (it works once, within a day):';
const reminder =
  'This machine keeps mail. For a pairing code of another computer: posthorn --profile DIR hold pairing-code';

/**
 * Makes a profile without identities into one that keeps its owner's mail: creates an identity, waits until it can be
 * reached, and prints its pairing code. A profile with identities is left as it is: whoever wants another code asks for
 * it.
 */
export async function keepMail(core: RpcClient, { localPart, output }: KeepMail): Promise<void> {
  if ((await core.call('identities.list', {})).length > 0) {
    output.progress(reminder);
    return;
  }
  const online = nextOnline(core);
  const { id: identityId } = await core.call('identities.create', { localPart, label: '', colour: 'slate' });
  await online;
  const { text } = await core.call('holding.pairingCode', { identityId });
  output.result({ event: 'pairing-code', text }, [instruction, text]);
}

/** Resolves when an identity has come to be reachable. */
function nextOnline(core: RpcClient): Promise<void> {
  return new Promise((resolve) => {
    core.onEvent((event) => {
      if (event.type === 'identity.changed' && event.identity.reachability === 'online') resolve();
    });
  });
}
