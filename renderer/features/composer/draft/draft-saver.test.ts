import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MessageId } from '../../../../shared/ids';
import type { DraftContent } from '../../../../shared/message';
import { DraftSaver } from './draft-saver';

const id = MessageId.parse('6f2b8a3e-7a51-4b51-9f3e-0d8f0b8f6a11');
const content = (text: string): DraftContent => ({ to: [], cc: [], bcc: [], subject: '', text });

describe('DraftSaver', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const wire = (save: (c: DraftContent, d: MessageId | undefined) => Promise<MessageId>) => {
    const states: string[] = [];
    const saver = new DraftSaver({ save, delay: 800, onState: (state) => states.push(state) }, undefined);
    return { saver, states };
  };

  it('saves once after the last change, with the newest words', async () => {
    const saved: string[] = [];
    const { saver, states } = wire((c) => {
      saved.push(c.text);
      return Promise.resolve(id);
    });
    saver.change(content('a'));
    saver.change(content('ab'));
    await vi.advanceTimersByTimeAsync(800);
    expect(saved).toEqual(['ab']);
    expect(states).toEqual(['pending', 'pending', 'saving', 'saved']);
  });

  it('never runs two saves at once and passes the id on', async () => {
    const ids: (MessageId | undefined)[] = [];
    let release: (() => void) | undefined;
    const { saver } = wire((_c, d) => {
      ids.push(d);
      return ids.length > 1 ? Promise.resolve(id) : new Promise((resolve) => (release = () => resolve(id)));
    });
    saver.change(content('a'));
    const first = saver.flush();
    await vi.advanceTimersByTimeAsync(0);
    saver.change(content('b'));
    const second = saver.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(ids).toEqual([undefined]);
    release?.();
    await Promise.all([first, second]);
    expect(ids).toEqual([undefined, id]);
  });

  it('keeps the words of a failed save for the next one', async () => {
    const saved: string[] = [];
    let fail = true;
    const { saver, states } = wire((c) => {
      if (fail) return Promise.reject(new Error('disk full'));
      saved.push(c.text);
      return Promise.resolve(id);
    });
    saver.change(content('words'));
    await expect(saver.flush()).rejects.toThrow('disk full');
    fail = false;
    await saver.flush();
    expect(saved).toEqual(['words']);
    expect(states.at(-1)).toBe('saved');
  });

  it('stores an empty draft when an attachment needs one', async () => {
    const { saver } = wire(() => Promise.resolve(id));
    expect(await saver.ensureStored(content(''))).toBe(id);
  });

  it('saves nothing after it was closed', async () => {
    const save = vi.fn(() => Promise.resolve(id));
    const { saver } = wire(save);
    saver.change(content('gone'));
    saver.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(save).not.toHaveBeenCalled();
  });
});
