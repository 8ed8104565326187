import type { MailboxSummary } from '../../../../../shared/mailbox';
import { MailboxId } from '../../../../../shared/ids';
import { PosthornError } from '../../../../../shared/errors';
import { SlicePace } from '../../../domain/clients/slice-pace';
import type { ServedForm } from '../../../domain/served/served-message';
import type { Mailbox, Owned, Services } from '../../mailbox';

/** The mail that a program reads, and whose it is. */
export type AccountMail = Owned &
  Pick<Mailbox, 'messages' | 'mailboxes' | 'served' | 'clients' | 'storage' | 'contacts' | 'control' | 'changes'>;

/** What one app password opens of one identity. */
export type Account = {
  readonly services: Pick<Services, 'clock' | 'random' | 'events' | 'mime' | 'custodyCrypto'>;
  readonly mail: AccountMail;
  /** How messages are served to this program. */
  readonly form: ServedForm;
};

/** How fast one program's commands go on, learned by each kind of work for itself. */
export type Paces = { readonly flags: SlicePace; readonly expunge: SlicePace; readonly copy: SlicePace };

/** Messages of each kind that take some ten milliseconds together, on any machine of today. */
const LEAST = { flags: 100, expunge: 30, copy: 15 };

export function createPaces(): Paces {
  const pace = (least: number): SlicePace =>
    new SlicePace({ now: () => performance.now(), first: least, least, most: 500 });
  return { flags: pace(LEAST.flags), expunge: pace(LEAST.expunge), copy: pace(LEAST.copy) };
}

/** The id of a mailbox that a program named; whether it is there, its reader finds out. Throws `mailbox-unknown`. */
export function mailboxIdOf(id: string): MailboxId {
  const parsed = MailboxId.safeParse(id);
  if (parsed.success) return parsed.data;
  throw new PosthornError('mailbox-unknown', 'This mailbox is not there any more.');
}

/** The mailbox of an id that a program named; undefined when it is none of this identity's. */
export function findMailbox({ mail }: Pick<Account, 'mail'>, id: string): MailboxSummary | undefined {
  const parsed = MailboxId.safeParse(id);
  if (!parsed.success) return undefined;
  try {
    return mail.mailboxes.get(parsed.data);
  } catch (error) {
    if (error instanceof PosthornError && error.code === 'mailbox-unknown') return undefined;
    throw error;
  }
}

/** The same; throws `mailbox-unknown`. */
export function requireMailbox(account: Pick<Account, 'mail'>, id: string): MailboxSummary {
  const found = findMailbox(account, id);
  if (found) return found;
  throw new PosthornError('mailbox-unknown', 'This mailbox is not there any more.');
}
