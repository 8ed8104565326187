import { ProgramId } from '../../../../../shared/ids';
import { present } from '../../../../../shared/present';
import { guestPhase } from '../../../domain/guests/guest-agreement';
import { onionOf } from '../../../domain/mail-address';
import type { AppLogin } from '../../../ports/storage/vault';
import type { Guests as GuestRecords, KeptGuest } from '../../../ports/storage/guests';
import type { DeliverySlots } from '../../delivery-slots';
import type { Services } from '../../mailbox';
import { Deliverer } from '../../outgoing/deliverer';
import { HKP_PORT, SMTP_PORT } from '../../presence/onion-ports';
import { ClientEntrance } from '../client-entrance';
import { OnionDoor, programPorts, type DoorPort } from '../onion-door';
import { guestAccount } from './guest-account';
import { openGuestMail, type GuestMail } from './guest-mail';
import { guestSmtpHandler } from './guest-smtp-handler';
import { guestSubmission } from './guest-submission';
import { usedBy } from './receive-for-guest';
import { tryForGuest } from './try-for-guest';

export type HostServices = Omit<Services, 'events' | 'backups' | 'keyFetcher'>;

type Parts = {
  readonly guests: GuestRecords;
  readonly slots: DeliverySlots;
  /** Draws how long the onion waits in a tor that comes, in milliseconds. */
  readonly wait: () => number;
  /** Called when something of it is shown otherwise. */
  readonly changed: () => void;
};

/** A guest whose mail is open: their onion with its listeners, and what they send. */
export class HostedGuest {
  readonly #mail: GuestMail;
  readonly #deliverer: Deliverer;
  readonly #door: OnionDoor;
  readonly #entrance: ClientEntrance;

  /** Opens their mail. Throws `store-damaged`. */
  constructor(
    private readonly services: HostServices,
    kept: KeptGuest,
    private readonly o: Parts & { readonly onionSeed: Uint8Array },
  ) {
    const mail = openGuestMail(o.guests, kept, services.log);
    this.#mail = mail;
    mail.events.subscribe(({ type }) => {
      if (type === 'message.stored' || type === 'message.removed') o.changed();
    });
    this.#deliverer = new Deliverer({ ...services, events: mail.events }, mail, {
      slots: o.slots,
      attempt: (attempt) => tryForGuest(services, mail, attempt),
      wanted: () => undefined,
      seenOnline: () => undefined,
    });
    this.#entrance = this.#makeEntrance();
    this.#door = new OnionDoor(services, {
      onionSeed: o.onionSeed,
      entrance: this.#entrance,
      wait: o.wait,
      changed: o.changed,
      ports: () => this.#ports(),
    });
  }

  /** Whether their onion can be reached, who is connected there, and how many octets lie here for them. */
  view() {
    return { state: this.#door.state(), connections: this.#entrance.connections(), used: usedBy(this.#mail) };
  }

  /** As `OnionDoor.keepOpen`: by what is kept of them now. */
  keepOpen(when: 'soon' | 'now'): Promise<void> {
    return this.#door.keepOpen(when);
  }

  /** Tor is there: what waits to be sent is tried now. */
  wake(): void {
    this.#deliverer.wake();
  }

  /** Cuts off everything that is connected with their password. */
  cut(): void {
    this.#entrance.cutProgram(programOf(this.#mail.guest()));
  }

  /** Cuts everybody off, withdraws the onion and closes the mail. Never rejects. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#door.close(), this.#deliverer.close()]);
    this.#mail.close();
  }

  #makeEntrance(): ClientEntrance {
    const { services, o } = this;
    const mail = this.#mail;
    return new ClientEntrance(services, {
      logins: () => [loginOf(mail.guest())],
      identities: () => [{ ...mail.identity(), label: '' }],
      accounts: {
        imap: () => guestAccount(services, mail),
        submission: () =>
          guestSubmission(services, mail, () => {
            this.#deliverer.startDue();
          }),
      },
      used: ({ at }) => void o.guests.update(mail.guest().id, { lastUsedAt: at }),
      changed: o.changed,
    });
  }

  /** Before there is a key nothing can be sealed to the guest, so that nobody but their own program is let in. */
  #ports(): readonly DoorPort[] {
    const { agreement, key } = this.#mail.guest();
    if (guestPhase(agreement, this.services.clock.now()) === 'over') return [];
    const own = programPorts(this.services, this.#entrance);
    return key === undefined ? own : [...this.#publicPorts(key), ...own];
  }

  /** Mail, and the key to seal it to; whoever knows another key of the guest asks by its fingerprint in vain. */
  #publicPorts({ fingerprint }: NonNullable<KeptGuest['key']>): readonly DoorPort[] {
    const { smtpListeners, keyServers, pgp } = this.services;
    const mail = this.#mail;
    const { address } = mail.guest();
    const key = async (): Promise<string> => pgp.armorPublicKey(requireKey(mail.guest()).publicKey);
    const current = () => mail.guest().key?.fingerprint ?? fingerprint;
    return [
      {
        virtualPort: SMTP_PORT,
        start: () => smtpListeners.start({ name: onionOf(address), handler: guestSmtpHandler(this.services, mail) }),
      },
      { virtualPort: HKP_PORT, start: () => keyServers.start({ address, fingerprint: current, key }) },
    ];
  }
}

/** Their one app password, by the id of their mailbox. */
function loginOf(guest: KeptGuest): AppLogin {
  const { id, hash, lastUsedAt } = guest;
  return { id: programOf(guest), identityIds: [id], form: 'sealed', hash, ...present({ lastUsedAt }) };
}

const programOf = ({ id }: KeptGuest): ProgramId => ProgramId.parse(id);

function requireKey({ key }: KeptGuest): NonNullable<KeptGuest['key']> {
  if (key) return key;
  throw new Error('The port of a guest’s key is open only when there is one.');
}
