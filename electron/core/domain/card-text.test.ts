import { describe, expect, it } from 'vitest';
import { Fingerprint, MailAddress } from '../../../shared/ids';
import { makeOnionKeys } from '../onion/onion-keys';
import { differences, looksLike, readCardText, writeCardUri } from './card-text';

const keys = makeOnionKeys();
const onion = keys.onionOf(new Uint8Array(32).fill(7));
const other = keys.onionOf(new Uint8Array(32).fill(8));
const address = MailAddress.parse(`bob@${onion}`);
const fingerprint = Fingerprint.parse('0123456789ABCDEF0123456789ABCDEF01234567');
const code = 'AbCdEfGhIjKlMnOp_-0123';
const read = (text: string): ReturnType<typeof readCardText> => readCardText(text, (host) => keys.check(host));

describe('the text of a card', () => {
  it('is read as it was written', () => {
    expect(read(writeCardUri({ address, fingerprint, code }))).toEqual({ outcome: 'card', address, fingerprint, code });
    expect(read(writeCardUri({ address, fingerprint }))).toEqual({ outcome: 'card', address, fingerprint });
  });

  it.each([
    address,
    ` ${address}\n`,
    `mailto:${address}`,
    `MAILTO:${address.toUpperCase()}`,
    `Bob <${address}>`,
    `Write to ${address}.`,
    `mailto:${address}?subject=Hi%20alice@example.org`,
    `${address}, ${address}`,
  ])('may be just the address: %j', (text) => {
    expect(read(text)).toEqual({ outcome: 'card', address });
  });

  it.each([
    [`o'neil@${onion}`, `o'neil@${onion}`],
    [`Write to o'neil@${onion}.`, `o'neil@${onion}`],
    [`a&b@${onion}`, `a&b@${onion}`],
    [`who?x@${onion}`, `who?x@${onion}`],
    [`mailto:bob%2Bwork@${onion}`, `bob+work@${onion}`],
    [`mailto:bob%40${onion}`, address],
    [`<mailto:${address}>`, address],
    [`My address is:\n${address}\nBob`, address],
    [`Bob Smith\n${address}`, address],
    [`Posthorn\n${address}`, address],
    [`Alice, or bob: <${address}>`, address],
    [`«${address}»`, address],
  ])('is read whole: %j', (text, whole) => {
    expect(read(text)).toEqual({ outcome: 'card', address: whole });
  });

  it.each([
    `bob smith@${onion}`,
    `my address is o'\nneil@${onion}`,
    `mailto://${address}`,
    `mailto:///${address}`,
    `mailto:who?x@${onion}`,
    `mailto:a%2Cb@${onion}`,
    `xmpp:${address}`,
    `alice(x)${address}`,
    `\u202e${address}`,
    `o&apos;neil@${onion}`,
    `o&#39;neil@${onion}`,
    `a&amp;b@${onion}`,
    `alice;${address}`,
    `alice,${address}`,
    `Write to alice;${address}.`,
    `alice\n${address}`,
    `alice.\n${address}`,
    `alice\uff0c${address}`,
  ])('is refused when it could be the rest of another: %j', (text) => {
    expect(read(text)).toMatchObject({ outcome: 'refused' });
  });

  it('is written so that it is read again, whatever the name', () => {
    const odd = MailAddress.parse(`a%2b/?#&=+'o@${onion}`);
    expect(read(writeCardUri({ address: odd, fingerprint }))).toEqual({ outcome: 'card', address: odd, fingerprint });
  });

  it('takes a fingerprint in groups and small letters, and no other', () => {
    expect(read(`mailto:${address}?fpr=${fingerprint.toLowerCase().replace(/(.{4})/g, '$1+')}`)).toMatchObject({
      fingerprint,
    });
    for (const wrong of [
      '',
      '1234',
      `${fingerprint}0`,
      `${fingerprint.slice(1)}G`,
      `${fingerprint}&fpr=${fingerprint}`,
    ]) {
      expect(read(`mailto:${address}?fpr=${wrong}`)).toEqual({ outcome: 'refused', problem: 'fingerprint-invalid' });
    }
  });

  it('leaves a code out that is none', () => {
    for (const wrong of ['short', 'x'.repeat(65), 'with spaces in the code'])
      expect(read(`mailto:${address}?code=${wrong}`)).toEqual({ outcome: 'card', address });
  });

  it.each([
    `mailto:${address},alice@${other}`,
    `${address} alice@${other}`,
    `mailto:${address}?to=alice@${other}`,
    `mailto:${address}?to=${address}`,
  ])('is refused when it could be two people: %#', (text) => {
    expect(read(text)).toEqual({ outcome: 'refused', problem: 'several-addresses' });
  });

  it.each([
    '',
    'https://example.org/login?u=1',
    'WIFI:T:WPA;S:home;P:secret;;',
    'otpauth://totp/x?secret=ABC',
    onion,
    '@',
    'a'.repeat(600_000),
  ])('is refused when it is of another program: %#', (text) => {
    expect(read(text)).toEqual({ outcome: 'refused', problem: 'not-a-card' });
  });

  it('says what is wrong with an address', () => {
    const flipped = address.replace(/@(.)/, (_, letter: string) => `@${letter === 'a' ? 'b' : 'a'}`);
    expect(read(`mailto:${flipped}`)).toMatchObject({
      problem: 'address-invalid',
      addressProblem: 'checksum',
      text: flipped,
    });
    expect(read('mailto:bob@example.org')).toMatchObject({ problem: 'address-invalid', addressProblem: 'not-onion' });
  });

  it('does not take long over hostile text', () => {
    expect(read('a@'.repeat(300_000))).toMatchObject({ outcome: 'refused' });
    expect(read(`mailto:${'?'.repeat(500_000)}`)).toMatchObject({ outcome: 'refused' });
  });
});

describe('look-alikes', () => {
  it('are addresses a few letters apart, or with the same beginning', () => {
    expect(looksLike(address.replace(/.\.onion/, 'z.onion'), address)).toBe(true);
    expect(looksLike(`bob@${onion.slice(0, 8)}${other.slice(8)}`, address)).toBe(true);
    expect(looksLike(`bob@${other}`, address)).toBe(false);
    expect(looksLike(address, address)).toBe(false);
  });

  it('are told by where they differ', () => {
    expect(differences('abcd', 'abxd')).toEqual([2]);
    expect(differences('abc', 'abcde')).toEqual([3, 4]);
  });
});
