import { expect, it } from 'vitest';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore } from '../../testing/make-test-core';

const PLACE = 'GPSLatitude 48.2082 SerialNumber 12345';
const TURN = '\u202e';

/** A JPEG whose first segment is what a camera notes. */
function photograph(): Uint8Array {
  const exif = Buffer.from(`Exif\0\0MM\0*${PLACE}`.padEnd(58, ' '), 'latin1');
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2]);
  const picture = Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
  return new Uint8Array(Buffer.concat([head, exif, picture]));
}

it('arrives without its place and camera, under a subject that turns nothing', async () => {
  const network = await LoopbackNetwork.start();
  const [alice, bob] = [await makeTestCore(network), await makeTestCore(network)];
  const [a, b] = [await makeIdentity(alice, 'alice'), await makeIdentity(bob, 'bob')];
  await bob.call('contacts.add', { identityId: b.id, address: a.address, name: 'Alice' });
  const content = { to: [b.address], cc: [], bcc: [], subject: `${TURN}gnp.exe`, text: 'x' };
  const draft = await alice.call('drafts.save', { identityId: a.id, content });
  const file = { filename: 'photo.jpg', contentType: 'image/jpeg', content: photograph() };
  await alice.call('drafts.attach', { identityId: a.id, draftId: draft.id, ...file });
  const stored = bob.when('message.stored', ({ message }) => message.from === a.address);
  await alice.call('messages.submit', { identityId: a.id, draftId: draft.id });
  const { message } = await stored;
  const { attachments } = await bob.call('messages.read', { identityId: b.id, messageId: message.id });
  const asked = { identityId: b.id, messageId: message.id, attachmentId: attachments[0]!.id };
  const arrived = Buffer.from((await bob.call('attachments.read', asked)).content).toString('latin1');
  expect(arrived).not.toMatch(/Exif|GPSLatitude|SerialNumber/);
  expect(arrived).toContain('\x01\x02\x03');
  expect(message.subject).toBe('gnp.exe');
  await Promise.all([alice.remove(), bob.remove()]);
  await network.stop();
});
