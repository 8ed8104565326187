import type { OnionHost } from '../../../../../shared/ids';
import type { Services } from '../../mailbox';

/** As Posthorn makes them, and some other programs. */
const AS_OURS = /^<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@([a-z2-7]{56}\.onion)>$/;

/**
 * The Message-ID under which a letter of another program leaves: its own where Posthorn could have made it. Others tell
 * the program, and often the name of the machine and the time there; in their place stands one that is the same for the
 * same letter, so that a copy of it which the program files is known again. With angle brackets.
 */
export async function ownMessageId(
  services: Pick<Services, 'custodyCrypto'>,
  { messageId, onion }: { readonly messageId: string; readonly onion: OnionHost },
): Promise<string> {
  if (AS_OURS.exec(messageId)?.[1] === onion) return messageId;
  const digest = await services.custodyCrypto.digest(new TextEncoder().encode(`message-id\n${onion}\n${messageId}`));
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digest)?.slice(1) ?? [];
  return `<${parts.join('-')}@${onion}>`;
}
