import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailboxView } from './mailbox-view';

const uidSets = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 })
  .map((uids) => uids.sort((a, b) => a - b));

describe('a view of a mailbox', () => {
  it('numbers its messages as a list would', () => {
    fc.assert(
      fc.property(uidSets, uidSets, fc.integer({ min: 1, max: 70 }), fc.nat(20), (uids, gone, from, more) => {
        const view = new MailboxView(uids);
        expect(uids.map((uid) => view.numberOf(uid))).toEqual(uids.map((_, index) => index + 1));
        expect(view.uidsIn([{ from, to: from + more }])).toEqual(
          uids.filter((uid) => uid >= from && uid <= from + more),
        );
        // A client that takes EXPUNGE by EXPUNGE has in the end what is there.
        const client = [...uids];
        for (const number of view.remove(gone).numbers) client.splice(number - 1, 1);
        expect(client).toEqual(view.all());
        expect(view.all()).toEqual(uids.filter((uid) => !gone.includes(uid)));
      }),
    );
  });

  it('knows numbers that are not there', () => {
    const view = new MailboxView([3, 5]);
    expect([view.uidsByNumbers([{ from: 1, to: 2 }]), view.uidsByNumbers([{ from: 2, to: 3 }])]).toEqual([
      [3, 5],
      undefined,
    ]);
    expect([view.numberOf(4), view.largestUid, new MailboxView([]).largestUid]).toEqual([undefined, 5, 0]);
  });

  it('takes a message once', () => {
    const view = new MailboxView([3]);
    expect([view.add([3, 7]), view.add([7]), view.all()]).toEqual([true, false, [3, 7]]);
  });
});
