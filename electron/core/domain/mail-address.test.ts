import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailAddress } from '../../../shared/ids';
import { makeOnionKeys } from '../onion/onion-keys';
import { checkMailAddress, checkTypedAddress, mailboxOf, onionOf } from './mail-address';

const keys = makeOnionKeys();
const check = (host: string): ReturnType<typeof keys.check> => keys.check(host);
const onion = keys.onionOf(new Uint8Array(32).fill(7));
const address = `bob@${onion}`;

describe('checkMailAddress', () => {
  it('takes an address whose onion name is right', () => {
    expect(checkMailAddress(address, check)).toEqual({ outcome: 'ok', address });
  });

  it.each([
    ['', 'empty'],
    ['bob', 'no-at'],
    [`Bob@${onion}`, 'case'],
    [`bob@${onion.toUpperCase()}`, 'case'],
    [`bob@mail.${onion}`, 'length'],
    [`bob@${onion}.`, 'not-onion'],
    ['bob@example.org', 'not-onion'],
    ['bob@facebookcorewwwi.onion', 'length'],
    [`.bob@${onion}`, 'local-part'],
    [`bo..b@${onion}`, 'local-part'],
    [`bøb@${onion}`, 'local-part'],
    [`b b@${onion}`, 'local-part'],
    [`${'b'.repeat(65)}@${onion}`, 'local-part'],
    [`"bob"@${onion}`, 'local-part'],
    [`bob@${onion.startsWith('a') ? 'b' : 'a'}${onion.slice(1)}`, 'checksum'],
    [`bob@1${onion.slice(1)}`, 'alphabet'],
  ])('refuses %j as %s', (text, problem) => {
    expect(checkMailAddress(text, check)).toEqual({ outcome: 'invalid', problem });
  });

  it('never throws and never accepts what is not lower-case ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (noise) => {
        const checked = checkMailAddress(`${noise}@${onion}`, check);
        if (checked.outcome === 'ok') expect(checked.address).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
  });
});

describe('checkTypedAddress', () => {
  it.each([
    ` ${address} `,
    `mailto:${address}`,
    `mailto:${address}?subject=hello`,
    `Bob <${address}>`,
    `<${address}>`,
    address.toUpperCase(),
    `bob@${onion.slice(0, 20)}\n${onion.slice(20)}`,
    `\u200bbob@${onion}\u2069`,
  ])('understands %j', (text) => {
    expect(checkTypedAddress(text, check)).toEqual({ outcome: 'ok', address });
  });
});

describe('what is not one address', () => {
  it.each([
    [`${address}, alice@${onion}`, 'several'],
    [`alice@${onion} <${address}>`, 'several'],
    [`bob smith@${onion}`, 'unreadable'],
    [`mailto://${address}`, 'unreadable'],
    ['Bob Smith', 'no-at'],
    [' ', 'empty'],
  ])('is refused with a reason: %j', (text, problem) => {
    expect(checkTypedAddress(text, check)).toEqual({ outcome: 'invalid', problem });
  });

  it('takes every address that the wire takes', () => {
    const local = fc.stringMatching(/^[a-z0-9!#$%&'*/=?^_`{|}~+-]{1,20}(\.[a-z0-9!#$%&'*/=?^_`{|}~+-]{1,10})?$/);
    fc.assert(
      fc.property(local, (name) => {
        const text = `${name}@${onion}`;
        expect(checkTypedAddress(text, check)).toEqual({ outcome: 'ok', address: text });
        expect(checkTypedAddress(`mailto:${encodeURIComponent(name)}@${onion}`, check)).toEqual({
          outcome: 'ok',
          address: text,
        });
        expect(() => mailboxOf(MailAddress.parse(text))).not.toThrow();
      }),
    );
  });
});

describe('parts of an address', () => {
  it('gives the onion and the mailbox without its tag', () => {
    const tagged = MailAddress.parse(`bob+lists+x@${onion}`);
    expect(onionOf(tagged)).toBe(onion);
    expect(mailboxOf(tagged)).toBe(address);
    expect(mailboxOf(MailAddress.parse(`+bob@${onion}`))).toBe(`+bob@${onion}`);
  });
});
