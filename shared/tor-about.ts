import { z } from 'zod';
import { BridgeTransport } from './bridge-transport';

const Version = z.string().max(30);

/** What one transport needs to work: a program that speaks it, and bridges that came along. */
export const TransportOffer = z.strictObject({
  transport: BridgeTransport,
  program: z.boolean(),
  /** How many bridges came along. */
  builtIn: z.number().int().min(0).max(50),
});
export type TransportOffer = z.infer<typeof TransportOffer>;

/**
 * Which tor runs, how it was checked, and which bridges can be used with it. Never a path: it holds names of people.
 */
export const TorAbout = z.strictObject({
  version: Version,
  /** `copy`: of some system's tor, in a package for tests; `named`: by POSTHORN_TOR. */
  origin: z.enum(['bundle', 'copy', 'system', 'named']),
  /** Version of the Tor Expert Bundle. */
  bundle: Version.optional(),
  /** `here`: its files were compared with their sha256 at this start; `packaged`: when the package was made. */
  checked: z.enum(['here', 'packaged', 'no']),
  /** The transport that those who made the bundle advise. */
  recommended: BridgeTransport.optional(),
  transports: z.array(TransportOffer).max(BridgeTransport.options.length),
});
export type TorAbout = z.infer<typeof TorAbout>;

/** The same with the bridges themselves: from the program that starts tor to the core. */
export const TorKit = z.strictObject({
  about: TorAbout,
  bridges: z.partialRecord(BridgeTransport, z.array(z.string().max(1_000)).max(50)),
});
export type TorKit = z.infer<typeof TorKit>;

/** Which tor it is and how it was checked, in one line. */
export const torSentence = ({ version, origin, bundle, checked }: TorAbout): string => {
  if (origin === 'bundle') {
    const how = checked === 'packaged' ? 'checked by sha256 when Posthorn was packaged' : 'checked by sha256';
    return `tor ${version} of the Tor Expert Bundle ${bundle ?? ''}, ${checked === 'no' ? notChecked : how}`;
  }
  if (origin === 'copy') return `a copy of a system's tor ${version}, ${notChecked}`;
  return origin === 'system'
    ? `the system's tor ${version}, ${notChecked}`
    : `the tor ${version} that POSTHORN_TOR names, ${notChecked}`;
};

const notChecked = 'not checked by Posthorn';

/** Debian's packages; other systems name them alike. */
const packages: Readonly<Record<BridgeTransport, string>> = {
  obfs4: '«obfs4proxy» or «lyrebird»',
  meek: '«obfs4proxy» or «lyrebird»',
  snowflake: '«snowflake-client»',
  webtunnel: '«lyrebird»',
};

/** Why the bridges that came along cannot be used, and what to do; undefined when they can. */
export const offerProblem = (about: TorAbout, transport: BridgeTransport): string | undefined => {
  const offer = about.transports.find((each) => each.transport === transport);
  if (offer?.program !== true) return `This tor has no ${transport}: ${programAdvice(about, transport)}`;
  if (offer.builtIn > 0) return undefined;
  return transport === 'webtunnel'
    ? 'Handed out one by one: ask at bridges.torproject.org, and use them as your own.'
    : `No ${transport} bridge came along with this tor: use some from bridges.torproject.org as your own.`;
};

/** What to do for a transport whose program is missing. */
export const programAdvice = ({ origin }: TorAbout, transport: BridgeTransport): string =>
  origin === 'bundle'
    ? 'a part of Posthorn is missing. Install Posthorn again.'
    : `its program is not installed. Install the package ${packages[transport]}, then start Posthorn again.`;
