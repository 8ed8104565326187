import { refuseForGuest } from '../../../domain/guests/guest-agreement';
import { isHidden } from '../../../domain/guests/guest-letter';
import type { ImapAccount } from '../../../ports/imap';
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
      refuseRoom(services, mail, o.octets.length) ?? (await refuseOpen(services, o.octets)) ?? account.append(o),
    copy: async (o) => refuseRoom(services, mail, sizeOf(mail, o)) ?? account.copy(o),
  };
}

function refuseRoom({ clock }: Pick<Services, 'clock'>, mail: GuestMail, size: number): Refused | undefined {
  const { agreement } = mail.guest();
  if (refuseForGuest(agreement, { now: clock.now(), used: usedBy(mail), size }) === undefined) return undefined;
  return refusal('OVERQUOTA', 'Your host gives no more room. Nothing was kept; delete some mail first.');
}

async function refuseOpen(
  { mime, pgp }: Pick<Services, 'mime' | 'pgp'>,
  octets: Uint8Array,
): Promise<Refused | undefined> {
  const letter = await mime.readSealedLetter(octets);
  const isSealed = letter.outcome === 'sealed' && (await pgp.cleanSealed(letter.sealed)) !== undefined;
  if (isSealed && isHidden(letter.subject)) return undefined;
  return refusal(
    'CANNOT',
    'Only sealed mail is kept here: turn on OpenPGP encryption, of subjects and drafts too. Nothing was kept.',
  );
}

/** What copies would have in octets; they count as their originals do. */
function sizeOf(mail: GuestMail, o: Parameters<ImapAccount['copy']>[0]): number {
  const mailbox = requireMailbox({ mail }, o.mailbox).id;
  return slicesOf(o.uids)
    .flatMap((uids) => mail.served.messages({ mailbox, uids, form: 'sealed' }))
    .reduce((sum, { size }) => sum + size, 0);
}
