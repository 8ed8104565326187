import type { MailAddress } from '../../../../shared/ids';
import { MAX_CHECKED_KEY_BLOCKS, MAX_KEY_BLOCKS } from '../../domain/key-limits';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { InnerHead } from '../../ports/mime';
import type { RingKey } from '../../ports/storage/keyring-records';
import type { Signer } from './find-signer';
import { recordMove } from './follow-move';
import type { CertifiedKey } from './learn-key';
import { learnCertifications, learnKeys } from './learn-keys';
import type { Mailbox, Services } from '../mailbox';
import { settleVerification } from './settle-verification';
import { contactFor } from '../contacts/contact-for';

type LearnServices = Pick<Services, 'clock' | 'random' | 'pgp' | 'log' | 'onionKeys'>;
type Head = Extract<InnerHead, { outcome: 'parsed' }>;
type Certified = Extract<Signer, { outcome: 'certified' }>;

/** Who wrote, before anything is stored: a contact, a person who was introduced, or (both absent) a stranger. */
export type Sender = {
  readonly contact?: StoredContact;
  readonly introducedBy?: readonly MailAddress[];
  /** The one-time code of ours that came with the mail and was in force. */
  readonly provedCode?: string;
};

/**
 * Finds the sender in the address book, by a code of ours that they scanned (which makes them a contact), or by a
 * trusted contact's introduction.
 */
export async function judgeSender(
  services: LearnServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'scanCodes' | 'identity' | 'trust' | 'changes'>,
  { head, signer }: { head: Head; signer: Certified },
): Promise<Sender> {
  const address = mailboxOf(head.from);
  const contact = mailbox.contacts.find(address);
  if (contact?.blocked) return { contact };
  const provedCode = provenCode(services, mailbox, head);
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
 * The code of ours in this mail, now spent. Counts only in a mail that was written to this mailbox: the recipient of
 * another one, who had the code from us, could have forwarded it.
 */
function provenCode(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'scanCodes' | 'identity'>,
  { notices, to, cc, bcc }: Head,
): string | undefined {
  const { scanCode } = notices;
  const isMeant = [...to, ...cc, ...bcc].some((address) => mailboxOf(address) === mailbox.identity().address);
  const isProven =
    isMeant && scanCode !== undefined && mailbox.scanCodes.use({ code: scanCode, now: services.clock.now() });
  return isProven ? scanCode : undefined;
}

function recordScan(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'contacts'>,
  contact: StoredContact,
): StoredContact {
  return contact.standing.kind === 'verified'
    ? contact
    : mailbox.contacts.update(contact.id, { scannedYouAt: services.clock.now() });
}

/**
 * The path of introducers by which a stranger's key is believed. The key enters the ring only when a key in the ring
 * has certified it: otherwise strangers could fill the ring with each other's keys. A key that the ring has under
 * another address is not believed under this one.
 */
async function introductionOf(
  services: LearnServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  o: { address: MailAddress; key: CertifiedKey; block: Uint8Array },
): Promise<readonly MailAddress[] | undefined> {
  const { fingerprint } = o.key;
  const known = mailbox.keyring.key(fingerprint);
  if (known && known.address !== o.address) return undefined;
  const isKnown = known !== undefined;
  if (!isKnown && !(await isCertifiedInRing(services, mailbox, o))) return undefined;
  const before = mailbox.keyring.certificationsOn(fingerprint).length;
  await learnKeys(services, mailbox, { content: o.block, from: 'peer' });
  if (!isKnown || mailbox.keyring.certificationsOn(fingerprint).length !== before) await mailbox.trust.refresh();
  return pathOf(mailbox.keyring.key(fingerprint));
}

function pathOf(key: RingKey | undefined): readonly MailAddress[] | undefined {
  return isBelieved(key) && key.path.length > 0 ? key.path : undefined;
}

function isBelieved(key: RingKey | undefined): key is RingKey {
  return key?.validity === 'full' && !key.revoked;
}

/** Checks the signatures themselves: a stranger can write any issuer's name into a certification. */
async function isCertifiedInRing(
  services: LearnServices,
  mailbox: Pick<Mailbox, 'keyring'>,
  o: { key: CertifiedKey; block: Uint8Array },
): Promise<boolean> {
  const { certifications } = await services.pgp.readCertifications({ block: o.block });
  const checks = certifications.flatMap(({ body, issuer: by }) => {
    const issuer = by && mailbox.keyring.key(by);
    return isBelieved(issuer) ? [{ body, subject: o.key.publicKey, issuer: issuer.publicKey }] : [];
  });
  return checks.length > 0 && (await services.pgp.verifyCertifications({ checks })).includes(true);
}

/**
 * Learns from a contact's mail after it is stored: the certifications on their own key, the keys of others that came
 * along, a move notice. Computes trust again when any of it was new.
 */
export async function learnFromMail(
  services: LearnServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  {
    contact,
    isNewKey,
    head,
    signer,
  }: {
    contact: StoredContact;
    isNewKey: boolean;
    head: Pick<Head, 'keyBlocks' | 'notices'>;
    signer: Certified;
  },
): Promise<void> {
  const settled = await settleVerification(services, mailbox, contact);
  let news = isNewKey || settled !== contact ? 1 : 0;
  if (signer.key && signer.block)
    news += await learnCertifications(services, mailbox, { ...signer.key, block: signer.block, from: 'peer' });
  const others = head.keyBlocks.filter((block) => block !== signer.block).slice(0, MAX_KEY_BLOCKS);
  for (const block of others) {
    const learned = await learnKeys(services, mailbox, { content: block, from: 'peer' });
    news += learned ? learned.keys + learned.certifications : 0;
  }
  const { movedTo } = head.notices;
  if (movedTo !== undefined)
    await recordMove(services, mailbox, {
      contact: settled,
      to: mailboxOf(movedTo),
      keyBlocks: others.slice(0, MAX_CHECKED_KEY_BLOCKS),
    });
  if (news > 0) await mailbox.trust.refresh();
}
