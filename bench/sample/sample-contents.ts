import type { Contact } from '../../shared/contact';
import type { Identity } from '../../shared/identity';
import { Folder } from '../../shared/message';
import type { ListPlace } from '../../shared/message';
import { placeInList } from '../../shared/written-order';
import type { Stage } from './sample-cast';

export type SampleIdentity = {
  readonly address: string;
  readonly messages: Readonly<Record<Folder, number>>;
  /** How many contacts stand how: the kinds of `Standing`, and besides `blocked`, `moved` and `scanned-you`. */
  readonly standings: Readonly<Record<string, number>>;
};

/** What an identity of a running core holds, asked for as the window asks. */
export async function contentsOf(
  core: Pick<Stage, 'call'>,
  { id: identityId, address }: Identity,
): Promise<SampleIdentity> {
  const counts: Partial<Record<Folder, number>> = {};
  for (const folder of Folder.options) counts[folder] = await countOf(core, identityId, folder);
  const contacts = await core.call('contacts.list', { identityId });
  return { address, messages: counts as Record<Folder, number>, standings: tally(contacts.map(standingOf)) };
}

/** By pages, as the window reads them: the numbers of mailboxes leave conversations aside. */
async function countOf(core: Pick<Stage, 'call'>, identityId: Identity['id'], folder: Folder): Promise<number> {
  let count = 0;
  let before: ListPlace | undefined;
  do {
    const page = await core.call('messages.page', {
      identityId,
      folder,
      limit: 500,
      ...(before === undefined ? {} : { before }),
    });
    count += page.messages.length;
    const last = page.more ? page.messages.at(-1) : undefined;
    before = last && placeInList(last);
  } while (before !== undefined);
  return count;
}

const standingOf = ({ blocked, moveNotice, scannedYouAt, standing }: Contact): string => {
  if (blocked) return 'blocked';
  if (moveNotice !== undefined) return 'moved';
  return scannedYouAt === undefined ? standing.kind : 'scanned-you';
};

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
