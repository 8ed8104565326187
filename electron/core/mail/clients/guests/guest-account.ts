import { refuseForGuest } from '../../../domain/guests/guest-agreement';
import { isHidden } from '../../../domain/guests/guest-letter';
import type { ImapAccount, ImapLetter } from '../../../ports/imap';
import type { Services } from '../../mailbox';
import { requireMailbox } from '../account/account-of';
import { createImapAccount } from '../account/imap-account';
import { refusal } from '../account/outcomes';
import { slicesOf } from '../account/read-entries';
import type { GuestMail } from './guest-mail';
import { usedBy } from './receive-for-guest';

type AccountServices = Pick<Services, 'clock' | 'random' | 'mime' | 'pgp' | 'custodyCrypto'>;
type Refused = ReturnType<typeof refusal>;

const KIB = 1024;

/**
 * The mail of a guest by IMAP: octet for octet as it came. Kept is only what the guest's program has sealed, so that
 * their host can read none of it, and no more than the agreement says.
 */
export function guestAccount(services: AccountServices, mail: GuestMail): ImapAccount {
  const account = createImapAccount({ services: { ...services, events: mail.events }, mail, form: 'sealed' });
  return {
    ...account,
    quota: () => ({
      used: Math.ceil(usedBy(mail) / KIB),
      limit: Math.floor(mail.guest().agreement.quota / KIB),
    }),
    append: async (o) =>
      refuseRoom(services, mail, octetsOf(o.messages)) ?? (await refuseOpen(services, o.messages)) ?? account.append(o),
    copy: async (o) => refuseRoom(services, mail, sizeOf(mail, o)) ?? account.copy(o),
  };
}

function refuseRoom({ clock }: Pick<Services, 'clock'>, mail: GuestMail, size: number): Refused | undefined {
  const { agreement } = mail.guest();
  if (refuseForGuest(agreement, { now: clock.now(), used: usedBy(mail), size }) === undefined) return undefined;
  return refusal('OVERQUOTA', 'Your host gives no more room. Nothing was kept; delete some mail first.');
}

/** One that is open is enough: all are kept or none (RFC 3502). */
async function refuseOpen(
  services: Pick<Services, 'mime' | 'pgp'>,
  messages: readonly ImapLetter[],
): Promise<Refused | undefined> {
  for (const { octets } of messages) {
    if (await isKept(services, octets)) continue;
    return refusal(
      'CANNOT',
      'Only sealed mail is kept here: turn on OpenPGP encryption, of subjects and drafts too. Nothing was kept.',
    );
  }
  return undefined;
}

async function isKept({ mime, pgp }: Pick<Services, 'mime' | 'pgp'>, octets: Uint8Array): Promise<boolean> {
  const letter = await mime.readSealedLetter(octets);
  const isSealed = letter.outcome === 'sealed' && (await pgp.cleanSealed(letter.sealed)) !== undefined;
  return isSealed && isHidden(letter.subject);
}

const octetsOf = (messages: readonly ImapLetter[]): number =>
  messages.reduce((sum, { octets }) => sum + octets.length, 0);

/** What copies would have in octets; they count as their originals do. */
function sizeOf(mail: GuestMail, o: Parameters<ImapAccount['copy']>[0]): number {
  const mailbox = requireMailbox({ mail }, o.mailbox).id;
  return slicesOf(o.uids)
    .flatMap((uids) => mail.served.messages({ mailbox, uids, form: 'sealed' }))
    .reduce((sum, { size }) => sum + size, 0);
}
