import { expect, it } from 'vitest';
import { addressText } from './address-text';
import { writtenFields } from './header-fields';
import { isBlank, trimBlanks } from './blanks';
import { structuredField } from './structured-field';

const octets = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

it('takes white space of headers for blanks, and no octet of a letter', () => {
  expect(trimBlanks(' \t a b \r\n')).toBe('a b');
  expect(['\u00a0', '\u0085', '', undefined].map(isBlank)).toEqual([false, false, false, false]);
});

it('keeps letters whose last octet is 0xA0 whole in fields, addresses and parameters', () => {
  // UTF-8 of `à` is C3 A0.
  const [subject] = writtenFields(`Subject:  ${octets('voilà')} \r\n`);
  expect(subject?.value).toBe(octets('voilà'));
  const address = addressText(octets('àà à <a@b.onion> (chez à)'));
  expect(Buffer.from(address, 'latin1').toString('utf8')).toBe('(({7}\r\nàà à NIL "a" "b.onion"))');
  const { value, parameters } = structuredField(octets('attachment; filename=à; x = "à"'));
  expect([value, ...parameters.map((each) => each.value)]).toEqual(['attachment', octets('à'), octets('à')]);
});
