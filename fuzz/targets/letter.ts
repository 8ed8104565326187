import {
  MAX_HEADER_ADDRESSES,
  MAX_MIME_PARTS,
  MAX_REFERENCES,
  MAX_SUBJECT_CHARACTERS,
} from '../../electron/core/domain/limits';
import { parseInner } from '../../electron/core/mime/parse/parse-inner';
import type { IncomingAttachment, InnerMessage } from '../../electron/core/ports/mime';
import { MailAddress } from '../../shared/ids';
import { claim, claimBounded, claimOneDirection, claimOneLine, claimSame, claimWhole } from '../oracles/claims';

/**
 * A whole letter as it is after decryption, from a contact who has turned or a stranger. It is refused in words or read
 * in one way only; what is shown of it in lists is one line, and names of files are names of files.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const letter = await readLetter(data);
  claimSame(await readLetter(data), letter, 'a letter is read in two ways');
  if (letter.outcome === 'refused') return;
  claimBounded({ ...letter, html: '', text: '' }, { input: data, times: 30 });
  claimBounded([letter.html, letter.text], { input: data, times: 12 });
  checkHead(letter);
  claimWhole(letter.text, 'the text');
  claimWhole(letter.html ?? '', 'the page');
  claim(!`${letter.text}${letter.html ?? ''}`.includes('\0'), 'NUL ends a text early in what stores it');
  for (const attachment of letter.attachments) checkAttachment(attachment);
}

const readLetter = (content: Uint8Array): Promise<InnerMessage> => Promise.resolve(parseInner(content));

function checkHead(letter: Extract<InnerMessage, { outcome: 'parsed' }>): void {
  claimOneLine(letter.subject, 'the subject');
  claim(letter.subject.length <= MAX_SUBJECT_CHARACTERS, 'the subject is longer than is kept');
  for (const address of [letter.from, ...letter.to, ...letter.cc, ...letter.bcc])
    claim(MailAddress.safeParse(address).success, 'a letter names what is no address');
  for (const list of [letter.to, letter.cc, letter.bcc])
    claim(
      list.length <= MAX_HEADER_ADDRESSES && new Set(list).size === list.length,
      'addresses are doubled or too many',
    );
  for (const id of [
    letter.messageId,
    ...letter.references,
    ...(letter.inReplyTo === undefined ? [] : [letter.inReplyTo]),
  ])
    claim(/^<[^<>\s]+>$/u.test(id), 'a Message-ID cannot be written into a header again');
  claim(letter.references.length <= MAX_REFERENCES, 'more references than are kept');
  claim(Number.isSafeInteger(letter.date) && letter.date >= 0, 'a letter was written at no time');
  claim(letter.attachments.length + letter.keyBlocks.length <= MAX_MIME_PARTS + 20, 'more files than parts');
}

function checkAttachment({ filename, contentType, contentId }: IncomingAttachment): void {
  claimOneLine(filename, 'the name of a file');
  claimOneDirection(filename, 'the name of a file');
  claim(filename !== '' && !/[/\\:]|^\.|\.$/u.test(filename), 'the name of a file leads elsewhere');
  claim(Buffer.byteLength(filename) <= 255, 'the name of a file is too long for a disk');
  claim(/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/u.test(contentType), 'the type of a file is no type');
  if (contentId !== undefined) claimOneLine(contentId, 'a Content-ID');
}
