import { describe, expect, it } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import { MailAddress } from '../../../../shared/ids';
import type { Changes } from '../mailbox';
import { FollowUps } from './follow-ups';

const ALICE = MailAddress.parse(`alice@${'a'.repeat(56)}.onion`);
const BOB = MailAddress.parse(`bob@${'b'.repeat(56)}.onion`);

function make(): { followUps: FollowUps; done: string[] } {
  const done: string[] = [];
  const error = (event: string, fields?: object): void => {
    done.push(`${event} ${JSON.stringify(fields)}`);
  };
  return { followUps: new FollowUps({ log: { info: error, warn: error, error } }), done };
}

describe('what follows from mail that was taken', () => {
  it('begins after the code that waits for the reply has had its turn', async () => {
    const { followUps, done } = make();
    const receive = async (): Promise<string> => {
      await Promise.resolve();
      followUps.add({ of: ALICE, fault: 'failed' }, () => void done.push('learned'));
      return '250';
    };
    // SMTP adapters do the same: a few steps lie between the reply and the socket.
    const reply = await receive().then((said) => Promise.resolve(said).then((text) => text));
    done.push(reply);
    await followUps.settled();
    expect(done).toEqual(['250', 'learned']);
  });

  it('is done in order, one after the other, with what it adds itself', async () => {
    const { followUps, done } = make();
    followUps.add({ of: ALICE, fault: 'failed' }, async () => {
      followUps.add({ of: ALICE, fault: 'failed' }, () => void done.push('third'));
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      done.push('first');
    });
    followUps.add({ of: ALICE, fault: 'failed' }, () => void done.push('second'));
    await followUps.settled();
    // The second work was added before the first one began.
    expect(done).toEqual(['first', 'second', 'third']);
  });

  it('is caught up with before later work is done', async () => {
    const { followUps, done } = make();
    followUps.add({ of: ALICE, fault: 'failed' }, () => {
      done.push('before');
      followUps.add({ of: ALICE, fault: 'failed' }, () => void done.push('later'));
    });
    await followUps.caughtUp();
    expect(done).toEqual(['before']);
    await followUps.settled();
    expect(done).toEqual(['before', 'later']);
  });

  it('holds up its sender alone, and whoever may rest on any of it', async () => {
    const { followUps, done } = make();
    let learned: () => void = () => undefined;
    followUps.add(
      { of: ALICE, fault: 'failed' },
      () =>
        new Promise((resolve) => {
          learned = () => resolve();
        }),
    );
    followUps.add({ of: BOB, fault: 'failed' }, () => void done.push('Bob'));
    const alice = followUps.caughtUp(ALICE).then(() => done.push('Alice'));
    const anybody = followUps.caughtUp().then(() => done.push('anybody'));
    await followUps.caughtUp(BOB);
    expect(done).toEqual(['Bob']);
    learned();
    await Promise.all([alice, anybody]);
    expect(done.slice(0, 2)).toEqual(['Bob', 'Alice']);
  });

  it('goes on after a fault, which is logged', async () => {
    const { followUps, done } = make();
    followUps.add({ of: ALICE, fault: 'keys.not-learned' }, () => {
      throw new PosthornError('disk-full', 'The disk is full.');
    });
    followUps.add({ of: ALICE, fault: 'failed' }, () => void done.push('next'));
    await followUps.settled();
    expect(done).toEqual(['keys.not-learned {"posthorn":true}', 'next']);
  });

  it('passes changes on then, each as it was called', async () => {
    const { followUps, done } = make();
    const say =
      (name: string) =>
      (what?: string): void => {
        done.push(what === undefined ? name : `${name} ${what}`);
      };
    const changes: Changes = {
      queued: say('queued'),
      contacts: say('contacts'),
      custody: say('custody'),
      online: say('online'),
      lists: say('lists'),
      delivery: say('delivery'),
      arrived: say('arrived'),
    };
    const later = followUps.changesAfter(changes);
    later.contacts();
    later.queued();
    later.custody();
    later.online('a@b' as Parameters<Changes['online']>[0]);
    later.lists();
    later.delivery('id' as Parameters<Changes['delivery']>[0]);
    later.arrived();
    expect(done).toEqual([]);
    await followUps.settled();
    expect(done).toEqual(['contacts', 'queued', 'custody', 'online a@b', 'lists', 'delivery id', 'arrived']);
  });
});
