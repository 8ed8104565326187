import type { ImportProblem, KeyPolicy, RetiredKey, RevocationReason } from '../../shared/key-life';
import type { Timestamp } from '../../shared/ids';
import { dayText } from './date-text';

const DAY_MS = 24 * 60 * 60_000;

/** How long a key lasts from today. */
export type KeyLasting = 'year' | 'two-years' | 'five-years' | 'always';

export const lastingOptions: readonly { readonly value: KeyLasting; readonly label: string }[] = [
  { value: 'year', label: 'One year' },
  { value: 'two-years', label: 'Two years' },
  { value: 'five-years', label: 'Five years' },
  { value: 'always', label: 'It does not expire' },
];

const years: Readonly<Record<Exclude<KeyLasting, 'always'>, number>> = { year: 1, 'two-years': 2, 'five-years': 5 };

/** When a key that is renewed `now` expires; null: never. Both in milliseconds since 1970. */
export const keyExpiry = (lasting: KeyLasting, now: number): Timestamp | null => {
  if (lasting === 'always') return null;
  const end = new Date(now);
  end.setFullYear(end.getFullYear() + years[lasting]);
  return end.getTime();
};

type Days = { readonly value: string; readonly label: string };

const rotations: readonly Days[] = [
  { value: '0', label: 'Never' },
  { value: '90', label: 'Every quarter' },
  { value: '180', label: 'Every half year' },
  { value: '365', label: 'Every year' },
];

const keepings: readonly Days[] = [
  { value: '0', label: 'Keep for ever' },
  { value: '30', label: 'Destroy after 1 month' },
  { value: '90', label: 'Destroy after 3 months' },
  { value: '365', label: 'Destroy after 12 months' },
];

const withPresent = (options: readonly Days[], present: Days): readonly Days[] =>
  options.some(({ value }) => value === present.value) ? options : [...options, present];

/** How often the encryption key changes, with the present choice among them whatever it is. */
export const rotationOptions = ({ rotateEveryDays }: KeyPolicy): readonly Days[] =>
  withPresent(rotations, { value: String(rotateEveryDays), label: `Every ${rotateEveryDays} days` });

/** How long old keys are kept, likewise. */
export const keepingOptions = ({ keepOldDays }: KeyPolicy): readonly Days[] =>
  withPresent(keepings, { value: String(keepOldDays), label: `Destroy after ${keepOldDays} days` });

/** What the choice of how long to keep old keys means for the mail that is sealed to them. */
export const keepingSentence = ({ keepOldDays }: KeyPolicy): string =>
  keepOldDays === 0
    ? 'Old keys stay sealed in your vault, so that mail written to them can always be opened.'
    : 'Mail that reaches you sealed to a destroyed key can never be opened, by nobody. Mail that you have received already stays readable.';

/** How many old keys a policy destroys at once. `now` in milliseconds since 1970. */
export const destroyedAtOnce = ({
  policy,
  retired,
  now,
}: {
  readonly policy: KeyPolicy;
  readonly retired: readonly RetiredKey[];
  readonly now: number;
}): number =>
  policy.keepOldDays === 0
    ? 0
    : retired.filter(({ retiredAt }) => retiredAt + policy.keepOldDays * DAY_MS <= now).length;

/** `Encryption key, changed on 3 May 2026, kept`. */
export const retiredText = ({ kind, retiredAt, destroyedAt }: RetiredKey): string => {
  const what = kind === 'subkey' ? 'Encryption key' : 'Whole key';
  const end = destroyedAt === undefined ? 'kept' : `destroyed on ${dayText(destroyedAt)}`;
  return `${what} until ${dayText(retiredAt)}, ${end}`;
};

/** Why somebody revokes their key. */
export const revocationReasons: readonly {
  readonly value: RevocationReason;
  readonly label: string;
  readonly hint: string;
}[] = [
  {
    value: 'compromised',
    label: 'Somebody else may have it',
    hint: 'Everything signed with it has to be doubted, whatever its date.',
  },
  { value: 'superseded', label: 'I use another key', hint: 'What was signed with it before need not be doubted.' },
  { value: 'retired', label: 'I no longer use it', hint: 'What was signed with it before need not be doubted.' },
];

/** Why a secret key cannot become this identity’s key, and what to do. Nothing was changed in any of these cases. */
export const importProblemWords: Readonly<Record<ImportProblem, string>> = {
  unreadable:
    'This file is no OpenPGP key, or it is damaged. Export the secret key again, in GnuPG with “gpg --export-secret-keys --armor”.',
  'no-secret-key':
    'This file has only the public part. Export the secret key, in GnuPG with “gpg --export-secret-keys --armor”.',
  'passphrase-wrong': 'That is not the passphrase of this key.',
  'passphrase-needed': 'This key is locked. Type the passphrase that it has in the other program.',
  'kind-not-supported':
    'Posthorn cannot use this kind of key. It needs one that signs with Ed25519 and encrypts with Curve25519, the usual kind today, with its secret part in the file and not on a card.',
  'no-encryption-key': 'This key can only sign: it has no subkey for encryption, so nobody could seal mail to it.',
  revoked: 'This key has been revoked, and a revoked key cannot come back.',
  expired: 'This key has expired. Renew it in the program that you made it with and export it again.',
};
