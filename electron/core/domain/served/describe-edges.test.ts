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

describe('a large sealed message', () => {
  it.each([1_000, 1_007, 4_096])('is described by its first %i octets and its last as by all', (edge) => {
    const octets = sealed();
    expect(byEdges(octets, { head: edge, tail: edge })).toEqual(describeMessage(octets));
    expect(byEdges(octets, { head: edge, tail: 30 })).toEqual(describeMessage(octets));
  });

  it.each(['text/plain', 'message/rfc822', 'multipart/mixed; boundary=b2'])(
    'must be read whole where the large part is %s',
    (type) => expect(byEdges(sealed(type), { head: 1_000, tail: 1_000 })).toBeUndefined(),
  );

  it('must be read whole where the beginning ends before the large part', () => {
    expect(byEdges(sealed(), { head: 200, tail: 200 })).toBeUndefined();
  });
});
