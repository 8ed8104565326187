import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { QUEUE_RUN_PAUSE_MS } from '../../../domain/custody-limits';
import { onionOf } from '../../../domain/mail-address';
import { replyToKeyRefusal, replyToMimeRefusal, smtpReplies } from '../../../domain/smtp-replies';
import type { SmtpReply } from '../../../domain/refusals';
import { listenerReplies } from '../../../smtp/listener-replies';
import { agreement, holding, newHash } from '../../../store/testing/custody-fixtures';
import { BOB } from '../../../store/testing/store-fixtures';
import { makePerson, type CustodyPerson } from '../../../testing/custody-people';
import { JudgingRecipient } from '../../../testing/judging-recipient';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { makeTestCore } from '../../../testing/make-test-core';
import { SettableClock } from '../../../testing/settable-clock';
import { SmtpPeer } from '../../../testing/smtp-peer';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let network: LoopbackNetwork;
let clock: SettableClock;
let dave: CustodyPerson;
let bob: JudgingRecipient;

const inside = () => dave.core.inside.session.require(dave.own.id);

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  dave = await makePerson(network, 'dave', clock);
  bob = await JudgingRecipient.start();
  network.publish(onionOf(BOB), new Map([[25, bob.port]]));
});
afterAll(async () => {
  await dave.core.remove();
  await bob.stop();
  await network.stop();
});

const agreed = agreement({ peer: BOB });

/** Dave holds these for Bob, the last one the newest, and nothing else. */
async function hold(...subjects: string[]): Promise<void> {
  const { asHolder, agreements } = inside().custody;
  agreements.put(agreed);
  asHolder.dropHeld(
    asHolder.held(agreed.id).map(({ id }) => id),
    { handedOver: false },
  );
  const tokens = subjects.map(newHash);
  asHolder.putTokens({ agreementId: agreed.id, issuedAt: clock.now(), hashes: tokens });
  for (const [index, subject] of subjects.entries()) {
    const left = holding(agreed.id, tokens[index]!, Buffer.from(`Subject: ${subject}\r\n\r\nsealed\r\n`));
    const mail = { ...left.mail, heldAt: clock.now(), until: clock.now() + 20 * DAY };
    expect(await asHolder.hold({ ...left, mail })).toMatchObject({ outcome: 'held' });
  }
}

async function ask(): Promise<void> {
  clock.advance(QUEUE_RUN_PAUSE_MS);
  const peer = await SmtpPeer.at(network, dave.own.onion);
  expect(await peer.ask(`ETRN ${onionOf(BOB)}`)).toBe('250 2.0.0 OK');
  peer.close();
}

const triesOf = (subject: number): { attempts: number; nextTryAt?: number } | undefined =>
  inside()
    .custody.asHolder.held(agreed.id)
    .at(-1 - subject);

/** Resolves when Dave has written down what became of the offers. */
async function untilTold(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setImmediate(resolve));
}

const clockIsRight = { isClockDoubtful: false };
const all: SmtpReply[] = [...Object.values(smtpReplies), ...Object.values(listenerReplies)];
const texts = all
  .concat(replyToMimeRefusal('malformed'), replyToMimeRefusal('not-sealed'))
  .concat(
    ([undefined, 'certification-future', 'key-expired'] as const).map((reason) =>
      replyToKeyRefusal(reason, clockIsRight),
    ),
  )
  .filter(({ code }) => code >= 400)
  .map(({ code, enhanced, text }) => `${String(code)} ${enhanced} ${text}`);
const replies = [...new Set([...texts, '450 later', '451 4.9.9 what', '500 5.5.1 what', '503 5.5.1 order', '599 x'])];

/** Only these say that the recipient takes nothing now. */
const endsRound = (reply: string): boolean => /^421|^452 4\.3\.1/.test(reply);

describe('a client that does not take the newest envelope', () => {
  beforeEach(() => hold('One', 'Poison'));

  it.each(replies.filter((reply) => !endsRound(reply)))(
    'but says «%s» to it gets the next one at once',
    async (reply) => {
      bob.judge((subject) => (subject === 'Poison' ? { at: 'DATA', reply } : undefined));
      await ask();
      await bob.offered(2);
      expect(bob.offers.map(({ subject }) => subject)).toEqual(['Poison', 'One']);
      await untilTold(() => triesOf(1) === undefined);
      expect(triesOf(0)).toMatchObject({ attempts: 1 });
    },
  );

  it.each([...replies.filter(endsRound), 'break'])(
    'because of «%s» gets the other one first when it asks again',
    async (reply) => {
      bob.judge((subject) => (subject === 'Poison' ? { at: 'DATA', reply } : undefined));
      await ask();
      await bob.offered(1);
      await untilTold(() => triesOf(1)?.attempts === 1);
      await ask();
      await bob.offered(2);
      expect(bob.offers.map(({ subject }) => subject).slice(0, 2)).toEqual(['Poison', 'One']);
    },
  );

  it.each(['MAIL', 'RCPT'] as const)('is offered the other though %s is refused each time', async (at) => {
    let count = 0;
    bob.judge((subject) => {
      if (subject !== '') return undefined;
      count += 1;
      return count === (at === 'MAIL' ? 1 : 2) ? { at, reply: '550 5.7.1 not this one' } : undefined;
    });
    await ask();
    await bob.offered(2);
    expect(bob.offers[1]).toEqual({ subject: 'One', reply: '250' });
  });
});

it('an envelope that cannot be read here waits for its own time, and the others are handed over', async () => {
  await hold('One');
  const { asHolder } = inside().custody;
  const hashes = [newHash()];
  asHolder.putTokens({ agreementId: agreed.id, issuedAt: clock.now(), hashes });
  const left = holding(agreed.id, hashes[0]!, Buffer.from('Subject: Broken\r\n\r\nsealed\r\n'));
  const mail = { ...left.mail, heldAt: clock.now(), until: clock.now() + 20 * DAY, signature: 'no signature' };
  await asHolder.hold({ ...left, mail });
  bob.judge(() => undefined);
  await ask();
  await bob.offered(1);
  await untilTold(() => asHolder.held(agreed.id).length === 1);
  expect(bob.offers.map(({ subject }) => subject)).toEqual(['One']);
  expect(asHolder.held(agreed.id)[0]).toMatchObject({ id: mail.id, attempts: 1, refusals: 0 });
  expect(triesOf(0)!.nextTryAt!).toBeGreaterThan(clock.now());
});

describe('the wait of an envelope', () => {
  it('is its own, grows, needs no question, and outlives the program', async () => {
    await hold('One', 'Poison');
    bob.judge((subject) => (subject === 'Poison' ? { at: 'DATA', reply: '451 4.3.0 later' } : undefined));
    await ask();
    await bob.offered(2);
    await untilTold(() => triesOf(1) === undefined);
    const first = triesOf(0)!.nextTryAt! - clock.now();
    await ask();
    expect(bob.offers).toHaveLength(2);
    clock.advance(first);
    await bob.offered(3);
    await untilTold(() => triesOf(0)?.attempts === 2);
    expect(triesOf(0)!.nextTryAt! - clock.now()).toBeGreaterThan(2 * first);

    await dave.core.stop();
    const core = await makeTestCore(network, { clock, directory: dave.core.directory });
    const [own] = await core.call('identities.list', {});
    dave = { core, own: own! };
    expect(triesOf(0)).toMatchObject({ attempts: 2 });
    bob.judge(() => undefined);
    clock.advance(8 * MINUTE);
    await bob.offered(1);
    expect(bob.offers).toEqual([{ subject: 'Poison', reply: '250' }]);
  });
});

it('a client whose clock is wrong for hours loses nothing, however often it asks', async () => {
  await hold('One', 'Two', 'Three');
  bob.judge(() => ({ at: 'DATA', reply: '550 5.7.1 The key of the sender is not accepted: certification-future' }));
  for (const [times, minutes] of [0, 2, 7, 19, 38, 75].entries()) {
    clock.advance(minutes * MINUTE);
    await ask();
    await untilTold(() => [0, 1, 2].every((each) => triesOf(each)?.attempts === times + 1));
  }
  bob.judge(() => undefined);
  clock.advance(150 * MINUTE);
  await bob.offered(3);
  expect(bob.offers.map(({ subject }) => subject).sort()).toEqual(['One', 'Three', 'Two']);
});
