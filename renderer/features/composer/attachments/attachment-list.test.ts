import { describe, expect, it, vi } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import { makeServices } from '../../../testing/make-services';
import type { Answers } from '../../../testing/make-services';
import { attachmentId, makeAttachment, ME, messageId } from '../../../testing/sample-mail';
import { ATTACHMENT_LIMIT, AttachmentList, isAdding } from './attachment-list';
import type { Attached, AttachmentSource } from './attachment-list';

const target = { identityId: ME, store: () => Promise.resolve(messageId(1)) };

const source = (
  filename: string,
  size = 10,
  read: AttachmentSource['read'] = () => Promise.resolve(new Uint8Array(2)),
) => ({ filename, contentType: 'text/plain', size, read }) satisfies AttachmentSource;

/** A list of attachments whose core takes everything, and everything that the composer was shown of it. */
const listWith = (answers: Answers['core'] = {}, first = [] as ReturnType<typeof makeAttachment>[]) => {
  let added = 100;
  const { services, calls } = makeServices({
    core: {
      'drafts.attach': ({ filename, contentType, content }) =>
        makeAttachment((added += 1), { filename, contentType, size: content.length }),
      'drafts.detach': () => ({}),
      ...answers,
    },
  });
  const shown: Attached[] = [];
  const list = new AttachmentList({ core: services.core, onChange: (attached) => shown.push(attached) }, first);
  const names = () => list.attached.items.map(({ filename }) => filename);
  const settled = () => vi.waitFor(() => expect(isAdding(list.attached.items)).toBe(false));
  return { list, calls, shown, names, settled };
};

/** A promise that the test keeps. */
const promised = <Value>() => {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((given) => (resolve = given));
  return { promise, resolve };
};

describe('files that are attached', () => {
  it('are added one after the other, in their order', async () => {
    const first = promised<Uint8Array>();
    const second = vi.fn(() => Promise.resolve(new Uint8Array(2)));
    const { list, names, calls, settled } = listWith();
    list.add([source('a', 10, () => first.promise), source('b', 10, second)], target);
    expect(names()).toEqual(['a', 'b']);
    expect(second).not.toHaveBeenCalled();
    first.resolve(new Uint8Array(3));
    await settled();
    expect(calls.map(([method, params]) => [method, (params as { filename: string }).filename])).toEqual([
      ['drafts.attach', 'a'],
      ['drafts.attach', 'b'],
    ]);
    expect(list.attached.items.map(({ id }) => id)).toEqual([attachmentId(101), attachmentId(102)]);
  });

  it('say what was taken out of a picture, and which files may name their author', async () => {
    const { list, settled } = listWith({
      'drafts.attach': ({ filename, contentType }) => ({
        ...makeAttachment(101, { filename, contentType, size: 7 }),
        ...(filename === 'photo.jpg' ? { detailsRemoved: true as const } : {}),
        ...(filename === 'raw.dng' ? { detailsMayBeLeft: true as const } : {}),
      }),
    });
    list.add([source('photo.jpg'), source('letter.PDF'), source('notes.txt'), source('raw.dng')], target);
    await settled();
    expect(list.attached.items.map(({ note }) => note)).toEqual([
      'Place and camera details were removed',
      'May name its author',
      undefined,
      'Place and camera details may still be in this picture',
    ]);
    expect(list.attached.items[0]?.size).toBe(7);
  });

  it('show how much of them is read', async () => {
    const { list, shown, settled } = listWith();
    list.add(
      [
        source('a', 200, (onProgress) => {
          onProgress(50);
          onProgress(199);
          return Promise.resolve(new Uint8Array(200));
        }),
      ],
      target,
    );
    await settled();
    expect(shown.flatMap(({ items }) => items.map(({ percent }) => percent))).toEqual([0, 25, 99, 100]);
  });

  it('are in no danger of dividing by nothing when they are empty', async () => {
    const { list, settled } = listWith();
    list.add([source('empty', 0, (onProgress) => (onProgress(0), Promise.resolve(new Uint8Array(0))))], target);
    await settled();
    expect(list.attached.items).toMatchObject([{ percent: 100, error: undefined }]);
  });

  it('stay with the reason when they cannot be read, and the next go on', async () => {
    const { list, settled } = listWith();
    const folder = () => Promise.reject(new DOMException('a folder', 'NotReadableError'));
    list.add([source('folder', 1, folder), source('b')], target);
    await settled();
    expect(list.attached.items).toMatchObject([
      { filename: 'folder', id: undefined, error: 'This file could not be read.' },
      { filename: 'b', error: undefined },
    ]);
  });

  it('stay with the reason when the core refuses', async () => {
    const refuse = () => Promise.reject(new PosthornError('too-large', 'Too large.'));
    const { list, settled } = listWith({ 'drafts.attach': refuse });
    list.add([source('a')], target);
    await settled();
    expect(list.attached.items[0]?.error).toMatch(/25 MB/);
  });
});

describe('the limit of a message', () => {
  it('takes what fits to the octet', () => {
    const { list, names } = listWith({}, [makeAttachment(1, { size: ATTACHMENT_LIMIT - 10 })]);
    list.add([source('fits', 10)], target);
    expect(names()).toEqual(['file-1.txt', 'fits']);
    expect(list.attached.refusal).toBeUndefined();
  });

  it('refuses one that does not fit, says why, and goes on with the smaller ones', () => {
    const { list, names } = listWith();
    list.add([source('film', ATTACHMENT_LIMIT + 1), source('note', 10)], target);
    expect(names()).toEqual(['note']);
    expect(list.attached.refusal).toMatch(
      /^“film” was not attached: it has 25(\.\d)? MB\. A message can carry 25(\.0)? MB/,
    );
  });

  it('counts what is still being added, and what is attached already', () => {
    const { list, names } = listWith({}, [makeAttachment(1, { size: ATTACHMENT_LIMIT - 100 })]);
    list.add([source('a', 60), source('b', 60)], target);
    expect(names()).toEqual(['file-1.txt', 'a']);
    expect(list.attached.refusal).toContain('are attached already');
  });

  it('does not count what could not be added', async () => {
    const { list, names, settled } = listWith();
    list.add([source('broken', ATTACHMENT_LIMIT, () => Promise.reject(new DOMException('gone')))], target);
    await settled();
    list.add([source('whole', ATTACHMENT_LIMIT)], target);
    expect(names()).toEqual(['broken', 'whole']);
    await settled();
  });

  it('forgets the refusal with the next change', () => {
    const { list } = listWith({}, [makeAttachment(1)]);
    list.add([source('film', ATTACHMENT_LIMIT)], target);
    expect(list.attached.refusal).toBeDefined();
    list.remove(list.attached.items[0] ?? expect.fail(), target);
    expect(list.attached.refusal).toBeUndefined();
  });
});

describe('an attachment that is removed', () => {
  it('is taken out of the draft', async () => {
    const { list, calls, names } = listWith({}, [makeAttachment(1), makeAttachment(2)]);
    list.remove(list.attached.items[0] ?? expect.fail(), target);
    expect(names()).toEqual(['file-2.txt']);
    await vi.waitFor(() =>
      expect(calls).toEqual([
        ['drafts.detach', { identityId: ME, draftId: messageId(1), attachmentId: attachmentId(1) }],
      ]),
    );
  });

  it('while it is being added is taken out once the draft holds it', async () => {
    const content = promised<Uint8Array>();
    const { list, calls, names } = listWith();
    list.add([source('a', 10, () => content.promise)], target);
    list.remove(list.attached.items[0] ?? expect.fail(), target);
    content.resolve(new Uint8Array(10));
    await vi.waitFor(() => expect(calls.map(([method]) => method)).toEqual(['drafts.attach', 'drafts.detach']));
    expect(names()).toEqual([]);
  });

  it('comes back with the reason when the core keeps it', async () => {
    const refuse = () => Promise.reject(new PosthornError('disk-full', 'Full.'));
    const { list } = listWith({ 'drafts.detach': refuse }, [makeAttachment(1)]);
    list.remove(list.attached.items[0] ?? expect.fail(), target);
    await vi.waitFor(() => expect(list.attached.items).toHaveLength(1));
    expect(list.attached.items[0]?.id).toBe(attachmentId(1));
    expect(list.attached.items[0]?.error).toContain('disk is full');
  });

  it('that never came into the draft needs no call', async () => {
    const { list, calls, settled } = listWith();
    list.add([source('folder', 1, () => Promise.reject(new DOMException('a folder')))], target);
    await settled();
    list.remove(list.attached.items[0] ?? expect.fail(), target);
    expect(list.attached.items).toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('the draft of another sender', () => {
  it('brings its own attachments', () => {
    const { list, shown } = listWith({}, [makeAttachment(1)]);
    list.replaceAll([makeAttachment(2), makeAttachment(3)]);
    expect(list.attached.items.map(({ id }) => id)).toEqual([attachmentId(2), attachmentId(3)]);
    expect(shown.at(-1)).toBe(list.attached);
  });
});
