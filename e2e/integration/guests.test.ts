import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { NewGuest } from '../../shared/guests/guest';
import { devicePorts } from '../../shared/programs/device';
import { Person } from '../harness/people/person';
import { tracesInFiles, tracesInMemory } from '../harness/process/find-traces';
import { processTree } from '../harness/process/process-tree';
import type { ProgramLogin } from '../harness/programs/let-program-in';
import { startClientTor, type ClientTor } from '../harness/tor/client-tor';
import { Thunderbird } from '../interop/thunderbird';
import { logInScript } from '../interop/thunderbird-mail-scripts';
import { makeKeyScript, readSealedScript, sendSealedScript } from '../interop/thunderbird-sealed-scripts';

/** Words of a guest and of who answers them, which their host must never see. */
const letter = { subject: 'Snowdrops at the pier', text: 'The lighthouse keeper sends his regards.' } as const;
const answer = { subject: 'Re: Snowdrops at the pier', text: 'Tell him the kettle is on the stove.' } as const;
const secrets = [letter.subject, letter.text, answer.text];

let host: Person;
let bob: Person;
let gina: NewGuest;
let tor: ClientTor;
let thunderbird: Thunderbird;

beforeAll(async () => {
  const { torrc } = inject('tornet');
  [host, bob, tor] = await Promise.all([
    Person.start({ name: 'host', torrc, localParts: ['owner'] }),
    Person.start({ name: 'bob', torrc, localParts: ['bob'] }),
    startClientTor(torrc, []),
  ]);
  gina = await host.core.call('guests.add', { name: 'Gina', localPart: 'gina', quota: 100 * 1024 * 1024 });
  await published();
  thunderbird = await Thunderbird.start(gina.guest.address, loginOf(gina));
});
afterAll(async () => {
  await Promise.all([thunderbird.stop(), host.end(), bob.end(), tor.stop()]);
});

/** Resolves when the onion of the guest can be reached. */
function published(since = 0): Promise<true> {
  return host.core.event(
    (event) => (event.type === 'guests.changed' && event.guests.some(({ state }) => state === 'online')) || undefined,
    { since, what: 'the onion of the guest to be published' },
  );
}

function loginOf({ guest: { address }, password }: NewGuest): ProgramLogin & { readonly host: string } {
  const { imap, submission } = devicePorts;
  return {
    ...{ user: address, password, imapPort: imap, submissionPort: submission },
    host: address.split('@')[1] ?? '',
    socksPort: tor.port,
  };
}

test('a guest writes and reads with Thunderbird and a key of their own, and their host learns none of it', async () => {
  const { user, password, host: onion } = loginOf(gina);
  await thunderbird.run(logInScript, [user, password, onion]);
  const key = (await thunderbird.run(makeKeyScript, [user])) as string;
  const since = host.core.mark;
  const taken = await host.core.call('guests.setKey', { guestId: gina.guest.id, key: new TextEncoder().encode(key) });
  expect(taken).toMatchObject({ outcome: 'certified' });
  await published(since);

  const bobs = await bob.core.call('identities.exportPublicKey', { identityId: bob.identity.id });
  await thunderbird.importPublicKey(bobs.key, 'verified');
  await thunderbird.run(sendSealedScript, [bob.identity.address, letter.subject, letter.text]);
  const received = await bob.received(letter.subject);
  expect(received).toMatchObject({ from: user, protection: 'verified' });

  await bob.send({ from: bob.identity, to: user, ...answer });
  const shown = (await thunderbird.run(readSealedScript)) as Record<string, string>;
  expect(shown).toMatchObject({ subject: answer.subject, encrypted: 'ok', signed: 'verified' });
  expect(shown['text']?.trim()).toBe(answer.text);

  const { profile, pid } = host.node;
  expect(tracesInFiles(profile, secrets)).toEqual([]);
  expect(processTree(pid!).flatMap((each) => tracesInMemory(each, secrets))).toEqual([]);
  // Both letters are there: sent and received.
  const [guest] = await host.core.call('guests.view', {});
  expect(guest?.used).toBeGreaterThan(2_000);
});
