import { mailboxKey } from '../../../../shared/address/mailbox-of';
import type { MailAddress } from '../../../../shared/ids';
import { octetText } from '../served/octet-text';
import { readRelayTag } from './relay-tag';

/** Who takes part, and how the outside may see them. */
export type LeavingNames = {
  readonly gateway: MailAddress;
  readonly participant: MailAddress;
  /** What stands for the participant outside. */
  readonly alias: string;
  /** Whom an answer goes to: the gateway's bare address stands for them in what is quoted. */
  readonly correspondent?: string;
  /** What the gateway had put on top of the letter that is answered. */
  readonly note: readonly string[];
};

/** An onion's name, or one without its ending: 56 letters of base32 that belong to no longer word. */
const ONION = /(?<![a-z0-9])[a-z2-7]{56}(?![a-z0-9])/i;
const ONION_ADDRESS = /[a-z0-9!#$%&'*/=?^_`{|}~+.-]{1,64}@[a-z2-7]{56}\.onion/gi;
/** Marks of quoting, and white space, that other programs put in front of a line. */
const IN_FRONT = /^[\s>|]*/;

/**
 * A text as it leaves: the participant's address is the alias, addresses of outside people by way of this gateway are
 * their own, and what the gateway had said on top of the letter that is answered is not quoted.
 */
export function cleanText(text: string, names: LeavingNames): string {
  const note = new Set(names.note.map((line) => line.trim()).filter((line) => line !== ''));
  const lines = text.split('\n').filter((line) => !note.has(line.replace(IN_FRONT, '').trim()));
  return withOutsideNames(lines.join('\n'), names);
}

/** The same for a page: its notes are parts of their own. */
export function cleanPage(html: string, names: LeavingNames): string {
  let page = html;
  for (const line of names.note) if (line.trim() !== '') page = page.replaceAll(escapeHtml(line.trim()), '');
  return withOutsideNames(page, names);
}

/** Text in a page that means nothing but itself. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** Whether a text, or a page, names an onion: it would tell who the participant is. */
export function namesOnion(text: string): boolean {
  return ONION.test(text) || ONION.test(shownText(text));
}

/** Whether octets name one, as text or in two octets a letter. What is compressed is not looked into. */
export function octetsNameOnion(octets: Uint8Array): boolean {
  const text = octetText(octets);
  return ONION.test(text) || ONION.test(text.replaceAll('\0', ''));
}

function withOutsideNames(text: string, names: LeavingNames): string {
  return text.replace(ONION_ADDRESS, (found) => outsideName(found, names) ?? found);
}

function outsideName(found: string, names: LeavingNames): string | undefined {
  const key = mailboxKey(found);
  if (key === names.participant) return names.alias;
  if (key !== names.gateway) return undefined;
  const tag = readRelayTag(found.toLowerCase() as MailAddress);
  return tag.kind === 'outside' ? tag.address : (names.correspondent ?? names.alias);
}

/** What is seen of a page, without what may stand between two letters of a word. */
function shownText(text: string): string {
  return text
    .replace(/<[^<>]*>/g, '')
    .replace(/&#(x[0-9a-f]{1,6}|[0-9]{1,7});?/gi, (_all, code: string) => character(code))
    .replace(/[\p{Cf}\u00ad]/gu, '');
}

function character(code: string): string {
  const point = /^x/i.test(code) ? Number.parseInt(code.slice(1), 16) : Number(code);
  return point > 0 && point < 0x11_00_00 ? String.fromCodePoint(point) : '';
}
