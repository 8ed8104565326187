import { PosthornError } from '../../../../shared/errors';
import { Keyword } from '../../../../shared/ids';
import type { Tag, TagColour } from '../../../../shared/mailbox';
import { plainLine } from '../../../../shared/text/plain-line';
import type { Mailbox, Services } from '../mailbox';
import { turn } from './empty-mailbox';

/**
 * Makes a tag. Its keyword says what it is in the mail programs that know no names of ours; it stays when the name
 * changes. Throws `mailbox-exists`, `mailbox-refused`, `too-many`.
 */
export function createTag(
  { random }: Pick<Services, 'random'>,
  { tags }: Pick<Mailbox, 'tags'>,
  o: { readonly name: string; readonly colour: TagColour },
): Tag {
  const name = tagName(o.name);
  const taken = new Set(tags.all().map(({ keyword }) => keyword));
  const plain = Keyword.safeParse(name.toLowerCase().replaceAll(' ', '-'));
  // `$…` has meanings that are registered (RFC 5788).
  const isFree = plain.success && !plain.data.startsWith('$') && !taken.has(plain.data);
  const tag = { keyword: isFree ? plain.data : Keyword.parse(`tag-${random.uuid()}`), name, colour: o.colour };
  tags.put(tag);
  return tag;
}

/** Gives a tag another name or colour. Throws as `createTag`, and `mailbox-unknown` when there is none. */
export function updateTag(
  { tags }: Pick<Mailbox, 'tags'>,
  o: { readonly keyword: Keyword; readonly name?: string | undefined; readonly colour?: TagColour | undefined },
): Tag {
  const before = tags.all().find(({ keyword }) => keyword === o.keyword);
  if (before === undefined) throw new PosthornError('mailbox-unknown', 'This tag is not there any more.');
  const name = o.name === undefined ? before.name : tagName(o.name);
  const tag = { keyword: o.keyword, name, colour: o.colour ?? before.colour };
  tags.put(tag);
  return tag;
}

/**
 * Takes a tag off all messages that have it, in short steps, and deletes it. Throws `disk-full` and `store-damaged`;
 * then the tag is there, and some messages may have lost it.
 */
export async function deleteTag({ tags }: Pick<Mailbox, 'tags'>, keyword: Keyword): Promise<void> {
  while (tags.removeSome(keyword)) await turn();
}

function tagName(typed: string): string {
  const name = plainLine(typed.normalize('NFC'));
  if (name !== '') return name;
  throw new PosthornError('mailbox-refused', 'A tag has a name of 1 to 60 characters. Nothing was changed.');
}
