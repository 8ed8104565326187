import type { EarlierFate, SignerStanding } from '../../shared/signer-standing';
import type { Standing, VerificationWay } from '../../shared/trust';
import { dayText } from './date-text';

/** How loud a standing is: the tones of a badge. */
export type StandingTone = 'neutral' | 'accent' | 'good' | 'warning' | 'danger';

/** A word for a badge, one sentence of why, and one of what to do. */
export type StandingWords = {
  readonly title: string;
  readonly sentence: string;
  readonly advice: string;
  readonly tone: StandingTone;
};

type NameOf = (address: string) => string;
type Of<Kind extends SignerStanding['kind']> = Extract<SignerStanding, { kind: Kind }>;
type Writers = { readonly [Kind in SignerStanding['kind']]: (standing: Of<Kind>, nameOf: NameOf) => StandingWords };

const ways: Readonly<Record<VerificationWay, string>> = {
  scan: 'by scanning their code',
  fingerprint: 'by comparing fingerprints',
  move: 'by following the notice with which they moved here',
};

const noKey = ({ verified }: Of<'no-key'>): StandingWords =>
  verified
    ? {
        title: 'Verified, no key yet',
        sentence: 'You have made sure of this address; their key has not been fetched from their onion yet.',
        advice: 'Nothing to do: the key is checked and certified by you as soon as it is here.',
        tone: 'good',
      }
    : {
        title: 'No key yet',
        sentence: 'Their key has not been fetched, and you have not checked that the address is theirs.',
        advice: 'It is fetched from their onion when you first write to them. Scan their code when you meet.',
        tone: 'neutral',
      };

const unverified = ({ vouchedBy }: Of<'unverified'>, nameOf: NameOf): StandingWords => ({
  title: 'Not verified yet',
  sentence: 'Their onion vouches for this key; you have not checked that the address is theirs.',
  advice:
    vouchedBy.length === 0
      ? 'Scan their code when you meet, or compare fingerprints on the telephone.'
      : `${peopleText(vouchedBy, nameOf)} ${vouchedBy.length === 1 ? 'vouches' : 'vouch'} for it, which is not enough unless you name ${vouchedBy.length === 1 ? 'them an introducer' : 'one of them an introducer'}. Or scan their code when you meet.`,
  tone: 'neutral',
});

const verified = ({ at, way, expiresAt }: Of<'verified'>): StandingWords => ({
  title: 'Verified by you',
  sentence: `You made sure of this person on ${dayText(at)} ${ways[way]}.`,
  advice:
    expiresAt === undefined
      ? 'It holds until you take it back.'
      : `It holds until ${dayText(expiresAt)}; then make sure of them again.`,
  tone: 'good',
});

const introduced = ({ path, others }: Of<'introduced'>, nameOf: NameOf): StandingWords => ({
  title: `Introduced by ${nameOf(path.at(-1) ?? '')}`,
  sentence: `${pathText(path, nameOf)}${othersText(others)}, and ${path.length === 1 ? 'you trust their introductions' : 'each is trusted to introduce the next'}.`,
  advice: 'You have not met them yourself: scan their code when you do.',
  tone: 'accent',
});

const changed = ({ at, continuity, wasVerified }: Of<'changed'>): StandingWords => {
  const had = wasVerified ? 'the key that you had verified' : 'the key before';
  return continuity
    ? {
        title: 'Key changed',
        sentence: `They changed their key on ${dayText(at)}, and ${had} signs for the new one.`,
        advice: 'Accept the new key if you have no reason to doubt it; in doubt, ask them or scan their code again.',
        tone: 'warning',
      }
    : {
        title: 'Key changed',
        sentence: `Their onion vouches for another key since ${dayText(at)}, and ${had} does not sign for it.`,
        advice: wasVerified
          ? 'Somebody may have taken over their computer. Ask them by another way, then scan their code again or accept the new key. Mail to them waits in the Outbox until you have.'
          : 'They may have set up their computer anew. Ask them, and scan their code before you write anything private.',
        tone: wasVerified ? 'danger' : 'warning',
      };
};

const mismatch = (): StandingWords => ({
  title: 'Wrong key',
  sentence: 'The code that you scanned names another key than their onion vouches for.',
  advice:
    'Scan their code again, from their own screen; if it still differs, one of the two is not theirs. Mail to them waits in the Outbox until the code fits, you take your verification back, or you accept the key of their onion.',
  tone: 'danger',
});

const expired = (): StandingWords => ({
  title: 'Key expired',
  sentence: 'Their key has expired, so no mail is sealed to it.',
  advice:
    'They have to renew it. Posthorn asks their onion again when you write; what you verified holds for the renewed key.',
  tone: 'warning',
});

const revoked = (): StandingWords => ({
  title: 'Key revoked',
  sentence: 'They have declared this key invalid for ever, so no mail is sealed to it.',
  advice: 'Ask them why. Their onion hands out a new key when they have one; scan their code again then.',
  tone: 'danger',
});

const earlierTitle = 'Signed by an earlier key';

const fates: { readonly [Fate in EarlierFate['fate']]: (fate: Extract<EarlierFate, { fate: Fate }>) => StandingWords } =
  {
    revoked: ({ at }) => ({
      title: 'Signed by a revoked key',
      sentence: `The key that signed this was declared invalid${at === undefined ? '' : `, as you learned on ${dayText(at)}`}.`,
      advice: 'Whoever had that key could have written this. Ask them before you rely on it.',
      tone: 'danger',
    }),
    'never-accepted': ({ at }) => ({
      title: 'Key never accepted',
      sentence: `Their onion vouched for this key for a time, until ${dayText(at)}, and you never accepted it.`,
      advice: 'Somebody may have taken over their computer then. Ask them whether they wrote this.',
      tone: 'danger',
    }),
    expired: ({ at }) => ({
      title: earlierTitle,
      sentence: `That key had expired when it was replaced on ${dayText(at)}.`,
      advice: 'What you know of the key that they have now says nothing about this message.',
      tone: 'neutral',
    }),
    replaced: ({ at }) => ({
      title: earlierTitle,
      sentence: `They have had another key since ${dayText(at)}, and the one that signed this does not sign for it.`,
      advice: 'What you know of the key that they have now says nothing about this message.',
      tone: 'warning',
    }),
    vouched: ({ at }) => ({
      title: earlierTitle,
      sentence: `They replaced that key on ${dayText(at)}, and it signs for the new one. You had not verified it, or that has ended.`,
      advice: 'What you know of the key that they have now says nothing about this message.',
      tone: 'neutral',
    }),
    unknown: () => ({
      title: 'Signed by another key',
      sentence: 'Their onion vouched for the key that signed this, and it is none of those that you know of them.',
      advice: 'What you know of the key that they have now says nothing about this message.',
      tone: 'warning',
    }),
    'not-recorded': () => ({
      title: 'Key not recorded',
      sentence: 'This message came when Posthorn did not yet keep which of their keys had signed it.',
      advice: 'Their onion vouched for that key then. It may be another one than they have now.',
      tone: 'neutral',
    }),
  };

const earlierKey = (standing: Of<'earlier-key'>): StandingWords => {
  const write = fates[standing.fate] as (fate: EarlierFate) => StandingWords;
  return write(standing);
};

const writers: Writers = {
  'no-key': noKey,
  unverified,
  verified,
  introduced,
  changed,
  mismatch,
  expired,
  revoked,
  'earlier-key': earlierKey,
};

/** What a contact's key is worth, in words: why, and what to do. `nameOf` gives the names of introducers. */
export const standingWords = (standing: SignerStanding, nameOf: NameOf): StandingWords => {
  // The table is keyed by the standing's own kind, which TypeScript cannot follow through a union.
  const write = writers[standing.kind] as (standing: SignerStanding, nameOf: NameOf) => StandingWords;
  return write(standing, nameOf);
};

/** `Alice vouches for Carol, Carol for them`: a path in words, from the one whom the user certified. */
export const pathText = (path: readonly string[], nameOf: NameOf): string =>
  path
    .map(
      (address, index) => `${nameOf(address)} ${index === 0 ? 'vouches for' : 'for'} ${pathEnd(path, index, nameOf)}`,
    )
    .join(', ');

const pathEnd = (path: readonly string[], index: number, nameOf: NameOf): string => {
  const next = path[index + 1];
  return next === undefined ? 'them' : nameOf(next);
};

const othersText = (others: number): string => {
  if (others === 0) return '';
  return others === 1 ? ' (and 1 other does too)' : ` (and ${others} others do too)`;
};

/** `Alice`, `Alice and Bob`, `Alice, Bob and 3 others`. */
export const peopleText = (addresses: readonly string[], nameOf: NameOf): string => {
  const [first = '', second, ...rest] = addresses.map(nameOf);
  if (second === undefined) return first;
  if (rest.length === 0) return `${first} and ${second}`;
  return `${first}, ${second} and ${rest.length} ${rest.length === 1 ? 'other' : 'others'}`;
};

/** Whether the user has made sure of the person themselves, also when the key is not here yet. */
export const isVerified = (standing: Standing): boolean =>
  standing.kind === 'verified' || (standing.kind === 'no-key' && standing.verified);

/** Whether something is wrong that the user should look at before they write. */
export const isTroubled = ({ kind }: Standing): boolean => ['changed', 'mismatch', 'expired', 'revoked'].includes(kind);
