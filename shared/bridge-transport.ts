import { z } from 'zod';

/** Ways to hide a connection to a bridge, by the names people know them by. */
export const BridgeTransport = z.enum(['obfs4', 'snowflake', 'meek', 'webtunnel']);
export type BridgeTransport = z.infer<typeof BridgeTransport>;

/** tor's own names, which bridge lines begin with. */
export const torTransportNames: Readonly<Record<BridgeTransport, string>> = {
  obfs4: 'obfs4',
  snowflake: 'snowflake',
  meek: 'meek_lite',
  webtunnel: 'webtunnel',
};

/** The transport a bridge line begins with, as tor names it; undefined for a bridge that hides nothing. */
export const transportOf = (line: string): string | undefined => /^([a-z][a-z0-9_]*) /i.exec(line)?.[1]?.toLowerCase();
