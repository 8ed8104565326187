import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../../shared/message';
import { useCompose } from '../../state/compose';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { attachmentId, identityId, makeAttachment, ME, messageId, NOON } from '../../testing/sample-mail';
import { copyDraft } from './copy-draft';
import { discardDraft } from './discard-draft';

const content = { to: ['bob'], cc: [], bcc: [], subject: 'Tea', text: 'At four?', inReplyTo: messageId(9) };

/** A core that keeps drafts with their attachments, and makes new ones with the ids 100, 101, … */
const draftStore = (first: Draft) => {
  const drafts = new Map<string, Draft>([[first.id, first]]);
  const files = new Map<string, Uint8Array>();
  let made = 99;
  const draftOf = (id: string): Draft => drafts.get(id) ?? expect.fail(`no draft ${id}`);
  const test = makeServices({
    core: {
      'drafts.read': ({ draftId }) => draftOf(draftId),
      'drafts.save': ({ identityId: owner, content: saved }) => {
        const draft = { id: messageId((made += 1)), identityId: owner, content: saved, attachments: [], savedAt: NOON };
        drafts.set(draft.id, draft);
        return draft;
      },
      'drafts.discard': ({ draftId }) => {
        drafts.delete(draftId);
        return {};
      },
      'drafts.attach': ({ draftId, filename, contentType, content: octets }) => {
        const attachment = makeAttachment((made += 1), { filename, contentType, size: octets.length });
        files.set(attachment.id, octets);
        drafts.set(draftId, { ...draftOf(draftId), attachments: [...draftOf(draftId).attachments, attachment] });
        return attachment;
      },
      'attachments.read': ({ attachmentId: id }) => ({
        filename: `file ${id.slice(-1)}`,
        contentType: 'text/plain',
        content: files.get(id) ?? new TextEncoder().encode(id),
      }),
    },
  });
  return { ...test, drafts, files };
};

const withFiles: Draft = {
  id: messageId(1),
  identityId: ME,
  content,
  attachments: [makeAttachment(1), makeAttachment(2)],
  savedAt: NOON,
};

beforeEach(() => {
  resetStore(useToasts);
  resetStore(useCompose);
});

describe('a discarded draft', () => {
  it('is gone at once, and comes back whole: text, people and attachments', async () => {
    const { services, drafts, files } = draftStore(withFiles);
    await discardDraft(services, { identityId: ME, draftId: withFiles.id, content });
    expect(drafts.size).toBe(0);
    useToasts.getState().shown[0]?.action?.run();
    await vi.waitFor(() => expect(useCompose.getState().composers).toHaveLength(1));
    const [restored] = [...drafts.values()];
    expect(restored?.content).toEqual(content);
    expect(restored?.attachments.map(({ filename }) => filename)).toEqual(['file 1', 'file 2']);
    expect([...files.values()].map((octets) => new TextDecoder().decode(octets))).toEqual([
      attachmentId(1),
      attachmentId(2),
    ]);
    expect(useCompose.getState().composers[0]?.request).toEqual({ identityId: ME, draftId: restored?.id });
  });

  it('that was never stored needs no call, and comes back too', async () => {
    const { services, calls, drafts } = draftStore(withFiles);
    await discardDraft(services, { identityId: ME, draftId: undefined, content });
    expect(calls).toEqual([]);
    useToasts.getState().shown[0]?.action?.run();
    await vi.waitFor(() => expect(drafts.size).toBe(2));
  });

  it('stays when its attachments cannot be read: nothing is lost', async () => {
    const { services, drafts } = draftStore(withFiles);
    vi.spyOn(services.core, 'call').mockRejectedValueOnce(new Error('a fault'));
    await expect(discardDraft(services, { identityId: ME, draftId: withFiles.id, content })).rejects.toThrow();
    expect(drafts.size).toBe(1);
    expect(useToasts.getState().shown).toEqual([]);
  });
});

describe('a draft that changes its sender', () => {
  it('is copied with its attachments; what it answers stays with the other identity', async () => {
    const { services, drafts } = draftStore(withFiles);
    const to = identityId(2);
    const copy = await copyDraft(services, { from: ME, draftId: withFiles.id, to });
    expect(copy).toMatchObject({ identityId: to, content: { to: ['bob'], subject: 'Tea', text: 'At four?' } });
    expect(Object.keys(copy.content)).not.toContain('inReplyTo');
    expect(copy.attachments.map(({ filename }) => filename)).toEqual(['file 1', 'file 2']);
    expect(drafts.get(copy.id)?.attachments).toEqual(copy.attachments);
    expect(drafts.get(withFiles.id)).toEqual(withFiles);
  });
});
