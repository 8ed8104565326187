import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultSettings } from '../../../../shared/settings';
import type { Identity } from '../../../../shared/identity';
import type { AttachedFile } from '../../../../shared/message';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';

const SECRET = 'camera 4711 at 48.2082 N';
/** The smallest thing that is a JPEG by its marks, with a comment. */
const picture = new Uint8Array(
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, SECRET.length + 2]),
    Buffer.from(SECRET),
    Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]),
  ]),
);

let network: LoopbackNetwork;
let core: TestCore;
let alice: Identity;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  core = await makeTestCore(network);
  alice = await makeIdentity(core, 'alice');
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

async function attached(
  content: Uint8Array,
  name: { filename: string; contentType: string } = { filename: 'photo.bin', contentType: 'application/octet-stream' },
): Promise<{ file: AttachedFile; stored: Uint8Array }> {
  const draft = await core.call('drafts.save', {
    identityId: alice.id,
    content: { to: [], cc: [], bcc: [], subject: '', text: '' },
  });
  const file = await core.call('drafts.attach', {
    identityId: alice.id,
    draftId: draft.id,
    ...name,
    content,
  });
  const stored = await core.call('attachments.read', {
    identityId: alice.id,
    messageId: draft.id,
    attachmentId: file.id,
  });
  return { file, stored: stored.content };
}

it('takes the details out of a picture, whatever it is called, and says so', async () => {
  const { file, stored } = await attached(picture);
  expect(file).toMatchObject({ detailsRemoved: true, size: picture.length - SECRET.length - 4 });
  expect(Buffer.from(stored).includes(SECRET)).toBe(false);
});

it.each([
  ['a picture that is cut off', picture.subarray(0, 4), 'x.bin', 'application/octet-stream'],
  ['what is called a picture', new TextEncoder().encode(SECRET), 'IMG_1.JPG', 'application/octet-stream'],
  ['what says that it is one', new TextEncoder().encode(SECRET), 'x', 'image/bmp'],
])('says of %s that details may be left', async (_what, content, filename, contentType) => {
  const { file, stored } = await attached(content, { filename, contentType });
  expect(file.detailsMayBeLeft).toBe(true);
  expect(stored).toEqual(content);
});

it('leaves other files, and pictures where the person wants it, as they are', async () => {
  const text = new TextEncoder().encode(SECRET);
  const other = await attached(text);
  expect(other.stored).toEqual(text);
  expect(other.file.detailsMayBeLeft).toBeUndefined();
  await core.call('settings.set', { ...defaultSettings, cleanPictures: false });
  const { file, stored } = await attached(picture);
  expect(file.detailsRemoved).toBeUndefined();
  expect(stored).toEqual(picture);
});
