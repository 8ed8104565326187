import { packTrust, unpackTrust, type PackedTrust } from '../../domain/trust/pack-trust';
import { packValidities, unpackValidities, type PackedValidities } from '../../domain/trust/pack-validities';
import type { TrustInput, TrustResult } from '../../domain/trust/trust-model';
import type { SplitKey } from '../../ports/certification-pgp';
import type { Pgp } from '../../ports/pgp';
import { packSplitKeys, unpackSplitKeys, type PackedSplitKeys } from '../certifications/pack-split-keys';

/** Calls that cross to the worker: everything but `close`, which ends it. */
export type PgpMethod = Exclude<keyof Pgp, 'close'>;

/** What the worker runs: the engine's methods, those with thousands of small objects in packed form. */
export type WireMethods = { readonly [M in Exclude<PgpMethod, 'computeValidity' | 'splitKeys'>]: Pgp[M] } & {
  readonly computeValidity: (input: PackedTrust) => Promise<PackedValidities>;
  readonly splitKeys: (o: { content: Uint8Array }) => Promise<PackedSplitKeys | undefined>;
};

type Call = <M extends PgpMethod>(method: M) => WireMethods[M];

/** Worker's side. */
export function packedMethods(engine: Pgp): WireMethods {
  return {
    ...engine,
    computeValidity: async (input) => packValidities(await engine.computeValidity(unpackTrust(input))),
    splitKeys: async (o) => {
      const keys = await engine.splitKeys(o);
      return keys && packSplitKeys(keys);
    },
  };
}

/** Certifications that go to the worker at a time, so that neither thread is held by one message. */
const CHECKS_AT_ONCE = 250;

/** Caller's side of the methods that differ from the engine's in form. */
export function unpackedMethods(call: Call): Pick<Pgp, 'computeValidity' | 'splitKeys' | 'verifyCertifications'> {
  const [computeValidity, splitKeys, verifyCertifications] = [
    call('computeValidity'),
    call('splitKeys'),
    call('verifyCertifications'),
  ];
  return {
    computeValidity: async (input: TrustInput): Promise<TrustResult> =>
      unpackValidities(await computeValidity(packTrust(input))),
    splitKeys: async (o): Promise<SplitKey[] | undefined> => {
      const packed = await splitKeys(o);
      return packed && unpackSplitKeys(packed);
    },
    verifyCertifications: async ({ checks }): Promise<boolean[]> => {
      const answers: boolean[] = [];
      for (let at = 0; at < checks.length; at += CHECKS_AT_ONCE) {
        answers.push(...(await verifyCertifications({ checks: checks.slice(at, at + CHECKS_AT_ONCE) })));
      }
      return answers;
    },
  };
}
