import { CustodyId, type OnionHost } from '../../../../shared/ids';

/** A holder's word that it has a message; the text of its 250 reply (PROTOCOL.md 10). */
export type CustodyReceipt = {
  readonly holder: OnionHost;
  readonly client: OnionHost;
  readonly custodyId: CustodyId;
  /** SHA-256 of the octets as they were held, hex. */
  readonly digest: string;
  readonly at: number;
  readonly until: number;
  /** Ed25519 by the holder's onion key over `custodyText`, base64url. */
  readonly signature: string;
};

/** What a holder signs for one message it keeps. Times are milliseconds. */
export function custodyText({
  holder,
  client,
  custodyId,
  digest,
  at,
  until,
}: Omit<CustodyReceipt, 'signature'>): string {
  return [
    'Posthorn custody receipt 1',
    `holder: ${holder}`,
    `client: ${client}`,
    `id: ${custodyId}`,
    `sha256: ${digest}`,
    `at: ${String(at)}`,
    `until: ${String(until)}`,
    '',
  ].join('\n');
}

const WORDS = /^(?:2\.0\.0 )?Held ([0-9a-f-]{36}) (\d{1,15}) (\d{1,15}) ([A-Za-z0-9_-]{86})$/;

/** The text of the 250 reply by which a holder gives its receipt. */
export function custodyReply({
  custodyId,
  at,
  until,
  signature,
}: Pick<CustodyReceipt, 'custodyId' | 'at' | 'until' | 'signature'>): string {
  return `Held ${custodyId} ${String(at)} ${String(until)} ${signature}`;
}

/** The receipt in a holder's reply; undefined when there is none. `of`: what we left. The signature is not checked. */
export function readCustodyReply(
  reply: string,
  of: { readonly holder: OnionHost; readonly client: OnionHost; readonly digest: string },
): CustodyReceipt | undefined {
  const [, id, at, until, signature] = WORDS.exec(reply) ?? [];
  const custodyId = CustodyId.safeParse(id);
  if (!custodyId.success || signature === undefined) return undefined;
  return { ...of, custodyId: custodyId.data, at: Number(at), until: Number(until), signature };
}
