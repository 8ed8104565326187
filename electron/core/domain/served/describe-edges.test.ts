import { describe, expect, it } from 'vitest';
import { describeEdges } from './describe-edges';
import { describeMessage } from './describe-message';

const lines = 'hQIMA0rPq7ffWUuBAQ//\r\n'.repeat(2_000);

/** A sealed message as it comes over the wire (RFC 3156 4); `type` of the part that holds all. */
const sealed = (type = 'application/octet-stream'): Buffer =>
  Buffer.from(
    `From: bob@example.onion\r\nTo: alice@example.onion\r\nSubject: ...\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: multipart/encrypted; boundary="b1"; protocol="application/pgp-encrypted"\r\n\r\n` +
      `--b1\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n` +
      `--b1\r\nContent-Type: ${type}\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\n${lines}-----END PGP MESSAGE-----\r\n\r\n--b1--\r\n`,
  );

function byEdges(octets: Uint8Array, { head, tail }: { head: number; tail: number }) {
  return describeEdges({
    head: octets.subarray(0, head),
    tail: octets.subarray(octets.length - tail),
    skipped: octets.length - head - tail,
  });
}

/** The header is that of the message; all else is one part. */
function expectUndivided(octets: Uint8Array, edges: { head: number; tail: number }): void {
  const { size, envelope, entity } = describeMessage(octets);
  const { header } = entity;
  const found = byEdges(octets, edges);
  expect([found.size, found.envelope, found.entity]).toEqual([
    size,
    envelope,
    { header, body: { from: header.to, to: size }, encoding: '7bit' },
  ]);
  expect(found.bodyStructure).toMatch(/^\("APPLICATION" "OCTET-STREAM" NIL /);
  expect(found.bodyStructure).toContain(` ${String(size - header.to)} `);
}

describe('a large sealed message', () => {
  it.each([1_000, 1_007, 4_096])('is described by its first %i octets and its last as by all', (edge) => {
    const octets = sealed();
    expect(byEdges(octets, { head: edge, tail: edge })).toEqual(describeMessage(octets));
    expect(byEdges(octets, { head: edge, tail: 30 })).toEqual(describeMessage(octets));
  });

  it.each(['text/plain', 'message/rfc822', 'multipart/mixed; boundary=b2'])(
    'is told as octets that are not divided where the large part is %s',
    (type) => expectUndivided(sealed(type), { head: 1_000, tail: 1_000 }),
  );

  it('is told so where the beginning ends before the large part', () => {
    expectUndivided(sealed(), { head: 200, tail: 200 });
  });

  it('is told so where what stands before the first part is as long', () => {
    const [header = '', ...rest] = sealed().toString('latin1').split('\r\n\r\n');
    const octets = Buffer.from([header, lines, ...rest].join('\r\n\r\n'));
    expectUndivided(octets, { head: 1_000, tail: 1_000 });
  });
});
