import { InstallId, type MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { encodeBase32 } from '../../domain/base32';
import { present } from '../../../../shared/present';
import type { Entry, EntryKind } from '../../domain/lists/entry';
import type { EntryShelf } from '../../domain/lists/entry-shelf';
import { readGenesis } from '../../domain/lists/read-genesis';
import { stateOn } from '../../domain/lists/take-entries';
import { writeEntry } from '../../domain/lists/write-entry';
import type { Mailbox, Services } from '../mailbox';
import { listCrypto } from './list-crypto';

type WriteServices = Pick<Services, 'clock' | 'random' | 'custodyCrypto'>;

/** Writes one entry more into the log. */
export type WriteEntry = (kind: EntryKind, body: Uint8Array) => Entry;

/**
 * Says something on a list: what `say` writes is committed, and thereby said, before anybody is sent it. The first
 * entry after a restore is written under a new installation.
 */
export function writeToLog<T>(
  services: WriteServices,
  mailbox: Pick<Mailbox, 'lists' | 'identity'>,
  list: MailingListId,
  say: (write: WriteEntry, shelf: EntryShelf) => T,
): T {
  const install = ownInstall(services, mailbox, list);
  const { address: author, onionSeed: seed } = mailbox.identity();
  const crypto = listCrypto(services);
  const genesis = mailbox.lists.find(list)?.genesis;
  const of = genesis && readGenesis(crypto, genesis);
  const sign = (text: string): string => services.custodyCrypto.sign({ seed, text });
  return mailbox.lists.onShelf(list, (shelf) => {
    const since = of && stateOn({ of, crypto, shelf }).since.get(author);
    const write: WriteEntry = (kind, body) => {
      const now = services.clock.now();
      const made = writeEntry(
        { crypto, shelf, sign },
        { list, author, install, kind, body, now, ...present({ since }) },
      );
      shelf.put({ ...made, isBranch: false });
      return made.entry;
    };
    return say(write, shelf);
  });
}

function ownInstall(
  services: Pick<Services, 'random'>,
  { lists }: Pick<Mailbox, 'lists'>,
  list: MailingListId,
): InstallId {
  const known = lists.find(list)?.install;
  if (known !== undefined) return known;
  const install = newInstall(services);
  lists.change(list, { install });
  return install;
}

/** A name for an installation that nobody else has. */
export const newInstall = ({ random }: Pick<Services, 'random'>): InstallId =>
  InstallId.parse(encodeBase32(random.bytes(16)));

/** A value as the body of an entry. */
export const bodyOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
