import type { ServedDescription } from './describe-message';
import type { ServedSegment } from './segments';

/** Decoded text of the fields that people search and sort by. */
export type ServedFields = {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  /** Of INTERNALDATE, minutes east of UTC; absent: UTC. */
  readonly zone?: number;
};

/** A message as other programs see it, before it is stored. */
export type NewServed = {
  readonly description: ServedDescription;
  readonly fields: ServedFields;
  /** Its header with the empty line. */
  readonly head: Uint8Array;
  /** What stands behind the header: these segments one after the other. */
  readonly segments: readonly ServedSegment[];
  /** The octets of all literal segments. */
  readonly literals: Uint8Array;
};
