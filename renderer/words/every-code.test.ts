import { describe, expect, it } from 'vitest';
import { BackupProblem } from '../../shared/backup';
import { CardProblem } from '../../shared/card';
import { AddressProblem } from '../../shared/contact';
import { ErrorCode, PosthornError } from '../../shared/errors';
import { ImportProblem } from '../../shared/key-life';
import { DeliveryReason, DeliveryState, Folder, ProtectionReason } from '../../shared/message';
import { TorWarning } from '../../shared/tor-status';
import { CertificationLevel } from '../../shared/trust';
import { addressProblemWords } from './address-problem-words';
import { backupProblemWords } from './backup-words';
import { cardProblemWords, levelWords, scanProblemWords } from './card-words';
import { deliveryReasonWords, deliveryStateWords, failureWords } from './delivery-words';
import { errorCodeOf, errorCodeWords, errorWords } from './error-words';
import { folderName, FOLDERS } from './folder-words';
import { importProblemWords } from './key-life-words';
import { protectionReasonWords } from './protection-words';
import { torWarningWords } from './tor-words';

const sentences: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>])[] = [
  ['failed call', ErrorCode.options, errorCodeWords],
  ['wrong address', AddressProblem.options, addressProblemWords],
  ['key that cannot be used', ImportProblem.options, importProblemWords],
];
const titled: readonly (readonly [
  string,
  readonly string[],
  Readonly<Record<string, { title: string; sentence: string }>>,
])[] = [
  ['backup that cannot be used', BackupProblem.options, backupProblemWords],
  ['card that is none', CardProblem.options, cardProblemWords],
  ['scan that found nothing', Object.keys(scanProblemWords), scanProblemWords],
  ['delivery', DeliveryState.options, deliveryStateWords],
  ['badge', ProtectionReason.options, protectionReasonWords],
  ['trouble with Tor', TorWarning.options, torWarningWords],
];

/** A sentence that a person can read: it begins with a capital and ends with a full stop. */
const isSentence = (text: string): boolean => /^[“\p{Lu}].*[.?]$/su.test(text);

describe.each(sentences)('every %s', (_what, codes, words) => {
  it('is told in a sentence', () => {
    expect(Object.keys(words).sort()).toEqual([...codes].sort());
    for (const [code, text] of Object.entries(words)) expect(isSentence(text), `${code}: ${text}`).toBe(true);
  });
});

describe.each(titled)('every %s', (_what, codes, words) => {
  it('has a short title and a sentence', () => {
    expect(Object.keys(words).sort()).toEqual([...codes].sort());
    for (const [code, { title, sentence }] of Object.entries(words)) {
      expect(isSentence(sentence), `${code}: ${sentence}`).toBe(true);
      expect(title, code).toMatch(/^\p{Lu}.{2,50}[^.]$/u);
    }
  });
});

describe('trouble with Tor', () => {
  it('always comes with something to do', () => {
    for (const { advice } of Object.values(torWarningWords)) {
      expect(advice.length).toBeGreaterThan(0);
      expect(advice.every(isSentence)).toBe(true);
    }
  });
});

describe('the words for an error', () => {
  it('are ours for its code, never the text of the error', () => {
    expect(errorWords(new PosthornError('disk-full', 'a text for the log'))).toBe(errorCodeWords['disk-full']);
    expect(errorWords({ code: 'tor-missing', message: 'anything' })).toBe(errorCodeWords['tor-missing']);
  });

  it('are those of a fault for whatever else was thrown', () => {
    for (const thrown of [new Error('secret'), 'secret', undefined, null, { code: 'on-fire' }, { code: 7 }])
      expect(errorCodeOf(thrown)).toBe('internal');
  });
});

describe('a delivery that did not succeed', () => {
  it('says why in a clause, where there is a reason', () => {
    for (const reason of DeliveryReason.options.filter((one) => one !== 'none')) {
      expect(deliveryReasonWords[reason]).toMatch(/^\p{Ll}/u);
      expect(failureWords(reason)).toMatch(/^Not (delivered|confirmed): \p{Ll}.*[^.]$/u);
    }
    expect(failureWords('none')).toBe('Not delivered');
  });

  it('is not called undelivered when it may have come without a word', () => {
    expect(failureWords('unconfirmed')).toMatch(/^Not confirmed/);
  });
});

describe('folders', () => {
  it('have a name each, and stand in the rail once', () => {
    expect([...FOLDERS].sort()).toEqual([...Folder.options].sort());
    expect(new Set(Object.values(folderName)).size).toBe(Folder.options.length);
  });
});

describe('the levels of a certification', () => {
  it('have words where a person chooses one', () => {
    expect(Object.keys(levelWords).sort()).toEqual([...CertificationLevel.options].sort());
  });
});
