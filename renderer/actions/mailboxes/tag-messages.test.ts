import { beforeEach, expect, test } from 'vitest';
import type { Keyword } from '../../../shared/ids';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { identityId, makeMessage, ME } from '../../testing/sample-mail';
import { toggleTag } from './tag-messages';

const YOU = identityId(2);
const mine = 'garden' as Keyword;
const yours = 'garden2' as Keyword;
const garden = new Map([
  [ME, mine],
  [YOU, yours],
]);

beforeEach(() => resetStore(useToasts));

test('mail of two identities gets the tag that each calls so, and loses it when all have it', async () => {
  const { services, calls } = makeServices({ core: { 'messages.setKeywords': () => ({}) } });
  const first = makeMessage(1, { keywords: [mine] });
  await toggleTag(services, [first, makeMessage(2, { identityId: YOU })], garden);
  await toggleTag(services, [first, makeMessage(2, { identityId: YOU, keywords: [yours] })], garden);
  expect(calls.map(([, params]) => params)).toMatchObject([
    { identityId: ME, add: [mine], remove: [] },
    { identityId: YOU, add: [yours], remove: [] },
    { identityId: ME, add: [], remove: [mine] },
    { identityId: YOU, add: [], remove: [yours] },
  ]);
});
