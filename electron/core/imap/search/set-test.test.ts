import fc from 'fast-check';
import { expect, it } from 'vitest';
import { searchedMessages } from '../session/chosen-messages';
import type { InMailbox } from '../session/command';
import type { Selected } from '../session/session';
import { MailboxView } from '../view/mailbox-view';
import { foundMessages } from './found-messages';
import { setTest } from './set-test';

const uids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }).map((all) => all.sort((a, b) => a - b));
const bound = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constant('*' as const));
const ranges = fc.array(fc.record({ one: bound, other: bound }), { minLength: 1, maxLength: 6 });

/** A selected mailbox of which nothing else is looked at. */
function inMailbox(view: MailboxView, saved: readonly number[]): InMailbox {
  return { selected: { view, saved } satisfies Pick<Selected, 'view' | 'saved'> } as unknown as InMailbox;
}

it('means the messages that the set means, one by one', () => {
  fc.assert(
    fc.property(uids, uids, ranges, fc.constantFrom('numbers' as const, 'uids' as const), (all, saved, some, key) => {
      const context = inMailbox(new MailboxView(all), saved);
      for (const set of [{ kind: 'ranges', ranges: some } as const, { kind: 'saved' } as const]) {
        const isMeant = setTest(context, { key, set });
        expect(all.filter(isMeant)).toEqual(searchedMessages(context, { key, set }));
      }
    }),
  );
});

it('finds again what was found, of what is there', () => {
  fc.assert(
    fc.property(uids, uids, (all, found) => {
      const isFound = foundMessages(new MailboxView(all), found);
      expect(Array.from({ length: 70 }, (_, uid) => uid).filter(isFound)).toEqual(
        found.filter((uid) => all.includes(uid)),
      );
    }),
  );
});
