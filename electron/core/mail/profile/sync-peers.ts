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
import { jittered } from '../../domain/published-time';
import { DAY_MS } from '../../domain/time';

type KeeperServices = Pick<Services, 'clock' | 'random' | 'log' | 'onion' | 'onionKeys' | 'custodyCrypto'>;

/**
 * Keeps other people's knowledge up to date: holders get their tokens, contacts their holder lists and the keys to our
 * private onions. Compares and sends only what differs, so that it can be called at any time; it is called after every
 * change and once a day.
 */
export class PeerSync {
  readonly name = 'peers';
  /** What each holder was told since the program started. */
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
      this.#publishWhenAdmittedChanged();
      this.#giveTokens();
      sendHolderLists(this.services, this.mailbox);
    } catch (error) {
      this.services.log.error('holding.not-refreshed', { posthorn: error instanceof PosthornError });
    }
    this.#again();
  }

  /** Hides the identity from everyone but its contacts, or shows it again. */
  setPrivate(isPrivate: boolean): void {
    if (isPrivate === this.mailbox.access.isPrivate()) return;
    this.mailbox.access.setPrivate(isPrivate);
    if (isPrivate) tellPrivateOnionsAgain(this.services, this.mailbox);
    else openToAll(this.services, this.mailbox);
    this.#publishOnions();
    this.refresh();
  }

  /** Stops; nothing is compared or sent any more. */
  close(): void {
    this.#closed = true;
    this.#cancelTimer();
  }

  #publishWhenAdmittedChanged(): void {
    const before = this.#admitted;
    this.#admitted = whoIsAdmitted(this.mailbox);
    if (this.#admitted !== before) this.#publishOnions();
  }

  #publishOnions(): void {
    this.onionsChanged().catch((error: unknown) => {
      this.services.log.error('doors.not-published', { posthorn: error instanceof PosthornError });
    });
  }

  /** After a restart a holder gets a new list only when a contact uses a token: it has the last list on its disk. */
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

  /** Assumes that the last list had tokens for every contact who has a holder list of ours. */
  #assume(id: AgreementId, window: TokenWindow): TokenWindow {
    const told = new Map(
      [...window].filter(([contactId]) => this.mailbox.custody.asRecipient.listSent(contactId) !== undefined),
    );
    this.#told.set(id, told);
    return told;
  }

  #again(): void {
    this.#cancelTimer();
    const wait = jittered({ milliseconds: DAY_MS, fraction: this.services.random.fraction() });
    this.#cancelTimer = this.services.clock.setTimer(wait, () => {
      this.refresh();
    });
  }
}
