import type { KeyImport } from '../../../../shared/key-life';

type Skipped = KeyImport['skipped'];

const counted = (count: number, thing: string): string => `${count.toLocaleString()} ${thing}${count === 1 ? '' : 's'}`;

/** Why keys were left out, of one and of several. */
const reasons: readonly { readonly of: keyof Skipped; readonly one: string; readonly several: string }[] = [
  { of: 'withoutAddress', one: 'names no onion address', several: 'name no onion address' },
  {
    of: 'notCertified',
    one: 'is not vouched for by the onion that it names',
    several: 'are not vouched for by the onions that they name',
  },
  { of: 'unreadable', one: 'could not be read', several: 'could not be read' },
  { of: 'tooMany', one: 'was too many for one import', several: 'were too many for one import' },
];

/** What an import did, a line for each thing: what was taken in, then what was left out and why. */
export const importLines = ({ keys, certifications, skipped }: KeyImport): string[] => {
  const taken =
    keys + certifications === 0
      ? 'Nothing new was found.'
      : `${counted(keys, 'key')} and ${counted(certifications, 'certification')} taken in.`;
  const left = reasons
    .filter(({ of }) => skipped[of] > 0)
    .map(
      ({ of, one, several }) =>
        `${counted(skipped[of], 'key')} ${skipped[of] === 1 ? `was left out because it ${one}` : `were left out because they ${several}`}.`,
    );
  return [taken, ...left];
};
