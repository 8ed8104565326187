/** One domain name (RFC 5321 4.1.2), of at most 253 octets; the options `@` and `#` of RFC 1985 name no node. */
const NODE = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** The node of an `ETRN` command line (RFC 1985 5.1), in lower case; undefined when it names none or more than one. */
export function readQueueRun(command: Uint8Array): string | undefined {
  const node = /^ETRN +(\S+) *$/i.exec(Buffer.from(command).toString('latin1'))?.[1]?.toLowerCase();
  return node !== undefined && NODE.test(node) ? node : undefined;
}
