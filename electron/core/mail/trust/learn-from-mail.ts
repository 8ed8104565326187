import type { MailAddress } from '../../../../shared/ids';
import { MAX_CHECKED_KEY_BLOCKS, MAX_KEY_BLOCKS } from '../../domain/limits';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/mail-records';
import type { InnerMessage } from '../../ports/mime';
import type { RingKey } from '../../ports/ring-store';
import type { Signer } from './find-signer';
import { recordMove } from './follow-move';
import type { CertifiedKey } from './learn-key';
import { learnCertifications, learnKeys } from './learn-keys';
import type { Mailbox, Services } from '../mailbox';
import { settleVerification } from './settle-verification';
import { contactFor } from '../contacts/contact-for';

type LearnServices = Pick<Services, 'clock' | 'random' | 'pgp' | 'log' | 'onionKeys'>;
type Parsed = Extract<InnerMessage, { outcome: 'parsed' }>;
type Certified = Extract<Signer, { outcome: 'certified' }>;

/** Who wrote, before anything is stored: a contact, somebody introduced, or (both absent) a stranger. */
export type Sender = {
  readonly contact?: StoredContact;
  readonly introducedBy?: readonly MailAddress[];
  /** The one-time code of ours that came with it, which was in force. */
  readonly provedCode?: string;
};

/**
 * Knows a sender by the address book, by a code of ours that they scanned (which makes them a contact), or by a trusted
 * contact's introduction.
 */
export async function judgeSender(
  services: LearnServices,
  mailbox: Mailbox,
  { inner, signer }: { inner: Parsed; signer: Certified },
): Promise<Sender> {
  const address = mailboxOf(inner.from);
  const contact = mailbox.mail.contact(address);
  if (contact?.blocked) return { contact };
  const provedCode = provenCode(services, mailbox, inner);
  if (provedCode !== undefined)
    return { contact: recordScan(services, mailbox, contact ?? contactFor(services, mailbox, address)), provedCode };
  if (contact) return { contact };
  const introducedBy =
    signer.key &&
    (await introductionOf(services, mailbox, {
      address,
      key: signer.key,
      block: signer.block ?? signer.key.publicKey,
    }));
  return introducedBy ? { introducedBy } : {};
}

/**
 * Only in a letter to this mailbox: one that was written to somebody else, with a code that they had from here, could
 * be passed on.
 */
function provenCode(
  services: Pick<Services, 'clock'>,
  mailbox: Mailbox,
  { notices, to, cc, bcc }: Parsed,
): string | undefined {
  const { scanCode } = notices;
  const isMeant = [...to, ...cc, ...bcc].some((address) => mailboxOf(address) === mailbox.identity().address);
  const isProven =
    isMeant && scanCode !== undefined && mailbox.mail.useScanCode({ code: scanCode, now: services.clock.now() });
  return isProven ? scanCode : undefined;
}

function recordScan(services: Pick<Services, 'clock'>, mailbox: Mailbox, contact: StoredContact): StoredContact {
  return contact.standing.kind === 'verified'
    ? contact
    : mailbox.mail.updateContact(contact.id, { scannedYouAt: services.clock.now() });
}

/**
 * The path by which a stranger's key is believed. Their key enters the ring only when somebody in it has certified it:
 * strangers cannot fill the ring with each other. What is believed of a key under one address says nothing of the same
 * key under another.
 */
async function introductionOf(
  services: LearnServices,
  mailbox: Mailbox,
  o: { address: MailAddress; key: CertifiedKey; block: Uint8Array },
): Promise<readonly MailAddress[] | undefined> {
  const { fingerprint } = o.key;
  const known = mailbox.mail.ringKey(fingerprint);
  if (known && known.address !== o.address) return undefined;
  const isKnown = known !== undefined;
  if (!isKnown && !(await isCertifiedInRing(services, mailbox, o))) return undefined;
  const before = mailbox.mail.certificationsOn(fingerprint).length;
  await learnKeys(services, mailbox, { content: o.block, from: 'peer' });
  if (!isKnown || mailbox.mail.certificationsOn(fingerprint).length !== before) await mailbox.trust.refresh();
  return pathOf(mailbox.mail.ringKey(fingerprint));
}

function pathOf(key: RingKey | undefined): readonly MailAddress[] | undefined {
  return isBelieved(key) && key.path.length > 0 ? key.path : undefined;
}

function isBelieved(key: RingKey | undefined): key is RingKey {
  return key?.validity === 'full' && !key.revoked;
}

/** Truly: a stranger can write anybody's name under their key. */
async function isCertifiedInRing(
  services: LearnServices,
  mailbox: Mailbox,
  o: { key: CertifiedKey; block: Uint8Array },
): Promise<boolean> {
  const { certifications } = await services.pgp.readCertifications({ block: o.block });
  const checks = certifications.flatMap(({ body, issuer: by }) => {
    const issuer = by && mailbox.mail.ringKey(by);
    return isBelieved(issuer) ? [{ body, subject: o.key.publicKey, issuer: issuer.publicKey }] : [];
  });
  return checks.length > 0 && (await services.pgp.verifyCertifications({ checks })).includes(true);
}

/**
 * After a contact's mail is stored: the certifications on their own key, the keys of others that came along, a notice
 * that they move. Trust is computed anew when anything of that was news.
 */
export async function learnFromMail(
  services: LearnServices,
  mailbox: Mailbox,
  {
    contact,
    isNewKey,
    inner,
    signer,
  }: {
    contact: StoredContact;
    isNewKey: boolean;
    inner: Pick<Parsed, 'keyBlocks' | 'notices'>;
    signer: Certified;
  },
): Promise<void> {
  const settled = await settleVerification(services, mailbox, contact);
  let news = isNewKey || settled !== contact ? 1 : 0;
  if (signer.key && signer.block)
    news += await learnCertifications(services, mailbox, { ...signer.key, block: signer.block, from: 'peer' });
  const others = inner.keyBlocks.filter((block) => block !== signer.block).slice(0, MAX_KEY_BLOCKS);
  for (const block of others) {
    const learned = await learnKeys(services, mailbox, { content: block, from: 'peer' });
    news += learned ? learned.keys + learned.certifications : 0;
  }
  const { movedTo } = inner.notices;
  if (movedTo !== undefined)
    await recordMove(services, mailbox, {
      contact: settled,
      to: mailboxOf(movedTo),
      keyBlocks: others.slice(0, MAX_CHECKED_KEY_BLOCKS),
    });
  if (news > 0) await mailbox.trust.refresh();
}
