import { describe, expect, it } from 'vitest';
import { closeParts, putPartsOnline, refreshParts, wakeParts, type Part } from './parts';

const seen: string[] = [];
const logged: string[] = [];
const say = (event: string): void => void logged.push(event);
const services = { log: { info: say, warn: say, error: say } };

function part(name: string, close: Part['close']): Part {
  return {
    name,
    wake: () => void seen.push(`wake ${name}`),
    online: (isOnline) => void seen.push(`${name} ${isOnline ? 'on' : 'off'}`),
    close,
  };
}

describe('the parts of an identity', () => {
  it('are told in order, each only what it listens for', () => {
    const bare: Part = { name: 'bare', refresh: () => void seen.push('refresh bare'), close: () => undefined };
    const parts = [part('one', () => undefined), bare, part('two', () => undefined)];
    wakeParts(parts);
    refreshParts(parts);
    putPartsOnline(parts, true);
    putPartsOnline(parts, false);
    expect(seen).toEqual(['wake one', 'wake two', 'refresh bare', 'one on', 'two on', 'one off', 'two off']);
  });

  it('begin to close in order, and all settle whatever fails', async () => {
    const closed: string[] = [];
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const closing = closeParts(services, [
      part('slow', () => {
        closed.push('slow begun');
        return slow.then(() => void closed.push('slow ended'));
      }),
      part('broken', () => {
        throw new Error('at once');
      }),
      part('rejecting', () => Promise.reject(new Error('later'))),
      part('last', () => {
        closed.push('last');
        release();
      }),
    ]);
    await closing;
    expect(closed).toEqual(['slow begun', 'last', 'slow ended']);
    expect(logged).toEqual(['broken.not-closed', 'rejecting.not-closed']);
  });
});
