import { OnionHost } from '../../../../../shared/ids';
import type { Services } from '../../mailbox';

/** At an onion, and nothing in it that a program would read in another way. */
const AT_ONION = /^<[\w.+=~-]{1,200}@([a-z2-7]{56}\.onion)>$/;

/**
 * The Message-ID under which a letter of another program leaves: its own where it is made at the onion of its writer,
 * as most programs do. Others hold the name of the machine; in their place stands one that is the same for the same
 * letter, so that a copy of it which the program files is known again. With angle brackets.
 */
export async function ownMessageId(
  services: Pick<Services, 'custodyCrypto'>,
  { messageId, onion }: { readonly messageId: string; readonly onion: OnionHost },
): Promise<string> {
  if (AT_ONION.exec(messageId)?.[1] === onion) return messageId;
  const digest = await services.custodyCrypto.digest(new TextEncoder().encode(`message-id\n${onion}\n${messageId}`));
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digest)?.slice(1) ?? [];
  return `<${parts.join('-')}@${onion}>`;
}

/** The onion that a Message-ID was made at, if it was at one. */
export function onionOfMessageId(messageId: string): OnionHost | undefined {
  const found = OnionHost.safeParse(AT_ONION.exec(messageId)?.[1]);
  return found.success ? found.data : undefined;
}
