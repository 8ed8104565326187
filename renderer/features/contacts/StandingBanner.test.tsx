import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Standing } from '../../../shared/trust';
import { ServicesContext } from '../../state/services';
import { makeServices } from '../../testing/make-services';
import { makeContact, NOON } from '../../testing/sample-mail';
import { StandingBanner } from './StandingBanner';

const banner = (standing: Standing): string =>
  renderToStaticMarkup(
    <ServicesContext value={makeServices().services}>
      <StandingBanner contact={makeContact('bob', { standing })} nameOf={String} />
    </ServicesContext>,
  );

const offers = (standing: Standing): readonly string[] =>
  [...banner(standing).matchAll(/data-testid="(scan-again|accept-key)"/gu)].map(([, id]) => id ?? '');

test('whoever’s key is in doubt can be scanned again, or their key accepted', () => {
  expect(offers({ kind: 'changed', at: NOON, continuity: false, wasVerified: true })).toEqual([
    'scan-again',
    'accept-key',
  ]);
  expect(offers({ kind: 'mismatch' })).toEqual(['scan-again', 'accept-key']);
});

test('a key that is no key any more is not accepted', () => {
  expect(offers({ kind: 'expired' })).toEqual([]);
  expect(offers({ kind: 'revoked' })).toEqual([]);
});
