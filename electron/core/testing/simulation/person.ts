import { MailAddress, IdentityId } from '../../../../shared/ids';
import { defaultKeyPolicy } from '../../../../shared/key-life';
import { drawRenewal } from '../../domain/published-time';
import { learnKey } from '../../mail/trust/learn-key';
import { verifyFingerprint } from '../../mail/trust/verify-contact';
import { submitMessage } from '../../mail/outgoing/submit-message';
import { saveDraft } from '../../mail/outgoing/write-draft';
import type { Log } from '../../ports/runtime';
import type { VaultIdentity } from '../../ports/storage/vault';
import type { Habit, Span } from './day-pattern';
import type { Letter } from './letters';
import { Machine } from './machine';
import type { Malice } from './malice';
import { createMalice } from './malice';
import { createFussiness } from './fussiness';
import type { World } from './world';
import { contactFor } from '../../mail/contacts/contact-for';

/** Somebody with a machine, acquaintances and letters to write. */
export type Person = {
  readonly number: number;
  readonly identity: VaultIdentity;
  readonly machine: Machine;
  readonly habit: Habit;
  readonly spans: readonly Span[];
  readonly acquaintances: readonly number[];
  readonly letters: readonly Letter[];
  readonly malice: Malice | undefined;
};

/** A new identity, as `createIdentity` makes them; not published yet. */
export async function createPersonIdentity(world: World, number: number): Promise<VaultIdentity> {
  const random = world.random.fork(`identity ${String(number)}`);
  const onionSeed = random.bytes(32);
  const address = MailAddress.parse(`p${String(number)}@${world.onionKeys.onionOf(onionSeed)}`);
  const now = world.clock.now();
  return {
    id: IdentityId.parse(random.uuid()),
    address,
    label: '',
    colour: 'blue',
    paused: false,
    createdAt: now,
    onionSeed,
    keys: await world.pgp.generateIdentityKeys({ address, onionSeed, now }),
    certifiedAt: now,
    renewAfterMs: drawRenewal({ fraction: random.fraction() }),
    databaseKey: random.bytes(32),
    keyPolicy: { ...defaultKeyPolicy, rotateEveryDays: 0 },
    subkeyMadeAt: now,
    rotationShare: random.fraction(),
    retired: [],
    revoked: false,
    showsVouchers: false,
    mayBeElsewhere: false,
  };
}

/** The machine of a person, honest or not. */
export function createPersonMachine(
  world: World,
  o: {
    readonly number: number;
    readonly identity: VaultIdentity;
    readonly malice: Malice | undefined;
    /** Does not take some messages from then on. */
    readonly fussyFrom: number | undefined;
    readonly log: Log;
  },
): Machine {
  const changes = [
    ...(o.malice === undefined ? [] : [createMalice(o.malice)]),
    ...(o.fussyFrom === undefined ? [] : [createFussiness(o.fussyFrom)]),
  ];
  const random = world.random.fork(`machine ${String(o.number)}`);
  return new Machine(world, {
    identity: o.identity,
    random,
    log: o.log,
    changed: (services, mail) => changes.reduce((changed, change) => change(changed, mail), services),
  });
}

/** The two have met: this one takes the other's key and vouches for it. */
export async function meet(person: Person, other: VaultIdentity): Promise<void> {
  const { services, opened } = inService(person);
  const contact = contactFor(services, opened, other.address);
  const key = await services.pgp.checkKeyBlock({
    block: other.keys.publicKey,
    address: other.address,
    now: services.clock.now(),
  });
  if (key.outcome !== 'certified') throw new Error('The key of somebody met is not certified');
  learnKey(services, opened, { contact, key });
  const certify = { level: 'positive', shared: false } as const;
  await verifyFingerprint(services, opened, { contactId: contact.id, fingerprint: key.fingerprint, certify });
}

/** Writes and submits a letter; throws when the machine goes off over it. */
export function write(person: Person, letter: Letter, to: MailAddress): void {
  const { services, opened } = inService(person);
  const draft = saveDraft(services, opened, {
    content: { to: [to], cc: [], bcc: [], subject: letter.subject, text: letter.text },
  });
  submitMessage(services, opened, draft.id);
}

export function inService({ machine }: Pick<Person, 'machine'>): {
  services: NonNullable<ReturnType<Machine['running']>>['services'];
  opened: NonNullable<ReturnType<Machine['opened']>>;
} {
  const session = machine.running();
  const opened = machine.opened();
  if (!session || !opened) throw new Error('The machine is not running');
  return { services: session.services, opened };
}
