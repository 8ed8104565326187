import type { KeyLife, KeyPolicy } from '../../../../shared/key-life';
import { PosthornError, refused } from '../../../../shared/errors';
import { present } from '../../../../shared/present';
import { MAX_RETIRED_KEYS } from '../../domain/key-limits';
import { FIRST_KEY_TIME } from '../../domain/published-time';
import type { VaultIdentity } from '../../ports/storage/vault';
import { destroyedAt, keptSecrets, rotatesAt } from './rotate-due-keys';
import type { OwnKeys } from './own-keys';
import type { Services } from '../mailbox';

/** Everything the key page of an identity shows. */
export async function keyLife(services: Pick<Services, 'pgp' | 'clock'>, own: OwnKeys): Promise<KeyLife> {
  return lifeOf(services, own.opened.identity());
}

async function lifeOf(services: Pick<Services, 'pgp' | 'clock'>, identity: VaultIdentity): Promise<KeyLife> {
  const { keys, address, keyPolicy, certifiedAt, retired, revoked, showsVouchers } = identity;
  const facts = await services.pgp.readOwnKey({ keys, address });
  const due = rotatesAt(identity);
  return {
    fingerprint: keys.fingerprint,
    createdAt: shownTime(identity, facts.createdAt),
    ...present({ expiresAt: facts.expiresAt }),
    certifiedAt,
    certificationExpiresAt: facts.certificationExpiresAt,
    subkey: {
      ...facts.subkey,
      createdAt: shownTime(identity, facts.subkey.createdAt),
      // What is overdue, by a policy just made shorter, is done at once: no date that is past is shown.
      ...present({ rotatesAt: due && Math.max(due, services.clock.now()) }),
    },
    retired: retired.map((each) => retiredView(identity, each)),
    revoked,
    policy: keyPolicy,
    showsVouchers,
  };
}

/** First keys all carry one time; their owner knows the true one. */
function shownTime({ createdAt }: VaultIdentity, inKey: number): number {
  return inKey === FIRST_KEY_TIME ? createdAt : inKey;
}

function retiredView(
  { keyPolicy }: VaultIdentity,
  secret: VaultIdentity['retired'][number],
): KeyLife['retired'][number] {
  const { fingerprint, kind, retiredAt } = secret;
  const end = destroyedAt(keyPolicy, secret);
  return { fingerprint, kind, retiredAt, ...present({ destroyedAt: end }) };
}

/** Changes how keys age. Secrets whose time is over by the new policy are destroyed at once. Answers the key page. */
export function setKeyPolicy(
  services: Pick<Services, 'clock' | 'pgp'>,
  own: OwnKeys,
  keyPolicy: KeyPolicy,
): Promise<KeyLife> {
  return own.inTurn((identity, write) => {
    write({ keyPolicy, retired: keptSecrets({ keyPolicy, retired: identity.retired }, services.clock.now()) });
    return keyLife(services, own);
  });
}

/** Sets whether the key is handed out with the certifications of others. Answers the key page. */
export function showVouchers(
  services: Pick<Services, 'pgp' | 'clock'>,
  own: OwnKeys,
  shown: boolean,
): Promise<KeyLife> {
  return own.inTurn((_, write) => {
    write({ showsVouchers: shown });
    return keyLife(services, own);
  });
}

/** @throws PosthornError `trust-refused` for a revoked key, which nothing can bring back */
export function requireInForce({ revoked }: VaultIdentity): void {
  if (revoked)
    throw refused(
      'trust-refused',
      'key-revoked',
      'This key is revoked and stays so. Replace it by a new one; nothing was changed.',
    );
}

/** @throws PosthornError `too-many` when no more old secrets can be kept */
export function requireRoom({ retired }: VaultIdentity): void {
  if (retired.length < MAX_RETIRED_KEYS) return;
  throw new PosthornError(
    'too-many',
    'No more old keys can be kept. Choose a time after which they are destroyed; nothing was changed.',
  );
}
