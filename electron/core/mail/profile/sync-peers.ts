import { PosthornError } from '../../../../shared/errors';
import type { AgreementId } from '../../../../shared/ids';
import { onionOf } from '../../domain/mail-address';
import type { Unsubscribe } from '../../ports/runtime';
import type { Mailbox, Services } from '../mailbox';
import { endWithBlocked, renewAgreements } from '../custody/agreements';
import { admitContacts, openToAll, tellPrivateOnionsAgain, whoIsAdmitted } from '../presence/private-onions';
import { holdersInForce } from '../custody/recipient/holders-in-force';
import { isOutOfDate, issueTokens, tokenWindow, type TokenWindow } from '../custody/recipient/issue-tokens';
import { sendHolderLists } from '../custody/recipient/send-holder-list';
import { DAY_MS } from '../../domain/time';

type KeeperServices = Pick<Services, 'clock' | 'random' | 'log' | 'onion' | 'onionKeys' | 'custodyCrypto'>;

/**
 * Keeps what others know in step with what is so: holders their tokens, contacts their cards and keys to our doors.
 * Compares and sends only what differs, so that it may be called at any time, and is called after every change and once
 * a day.
 */
export class PeerSync {
  readonly name = 'peers';
  /** What each holder was told in this run of the program. */
  readonly #told = new Map<AgreementId, TokenWindow>();
  #cancelTimer: Unsubscribe = () => undefined;
  #closed = false;
  #admitted: string;

  constructor(
    private readonly services: KeeperServices,
    private readonly mailbox: Mailbox,
    private readonly onionsChanged: () => Promise<void>,
  ) {
    this.#admitted = whoIsAdmitted(mailbox);
  }

  /** Never throws: what could not be written is written the next time. */
  refresh(): void {
    if (this.#closed) return;
    try {
      endWithBlocked(this.services, this.mailbox);
      renewAgreements(this.services, this.mailbox);
      admitContacts(this.services, this.mailbox);
      this.#showDoors();
      this.#giveTokens();
      sendHolderLists(this.services, this.mailbox);
    } catch (error) {
      this.services.log.error('holding.not-refreshed', { posthorn: error instanceof PosthornError });
    }
    this.#again();
  }

  /** Hides the identity from everybody but its contacts, or shows it again. */
  setPrivate(isPrivate: boolean): void {
    if (isPrivate === this.mailbox.mail.isPrivate()) return;
    this.mailbox.mail.setPrivate(isPrivate);
    if (isPrivate) tellPrivateOnionsAgain(this.services, this.mailbox);
    else openToAll(this.services, this.mailbox);
    this.#publishDoors();
    this.refresh();
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
  }

  #showDoors(): void {
    const before = this.#admitted;
    this.#admitted = whoIsAdmitted(this.mailbox);
    if (this.#admitted !== before) this.#publishDoors();
  }

  #publishDoors(): void {
    this.onionsChanged().catch((error: unknown) => {
      this.services.log.error('doors.not-published', { posthorn: error instanceof PosthornError });
    });
  }

  /** After a restart a holder is told anew only when somebody uses a token: its list is on its disk. */
  #giveTokens(): void {
    for (const agreement of holdersInForce(this.services, this.mailbox)) {
      const window = tokenWindow(this.services, this.mailbox, onionOf(agreement.peer));
      const told =
        this.#told.get(agreement.id) ??
        (agreement.tokensIssuedAt === undefined ? undefined : this.#assume(agreement.id, window));
      if (!isOutOfDate(told, window)) continue;
      issueTokens(this.services, this.mailbox, { agreement, window });
      this.#told.set(agreement.id, window);
    }
  }

  /** Whoever has a card of ours was in the list. */
  #assume(id: AgreementId, window: TokenWindow): TokenWindow {
    const told = new Map([...window].filter(([contactId]) => this.mailbox.mail.listSent(contactId) !== undefined));
    this.#told.set(id, told);
    return told;
  }

  #again(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.services.clock.setTimer(DAY_MS, () => {
      this.refresh();
    });
  }
}
