import { z } from 'zod';

const ATOM = "[a-z0-9_+='~&#$^{}*?-]+";
const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

/**
 * An address of ordinary e-mail, in small letters: `carol@example.com`. Narrower than RFC 5321: no quotes, no routes by
 * `%`, `!` or `:`, no address literals, and no dash in front, which a command line would take for an option.
 */
export const OutsideAddress = z
  .string()
  .max(254)
  .regex(new RegExp(`^(?!-)(?=[^@]{1,64}@)${ATOM}(\\.${ATOM})*@(${LABEL}\\.)+${LABEL}$`))
  .refine((address) => !NOT_OUTSIDE.test(address))
  .brand<'OutsideAddress'>();
export type OutsideAddress = z.infer<typeof OutsideAddress>;

/** Names that lead nowhere outside, or are no names: onions, this machine, its network, and numbers (RFC 6761). */
const NOT_OUTSIDE = /\.(onion|local|localhost|localdomain|internal|invalid|test|home\.arpa|exit|i2p|[0-9]+)$/;

/** A domain of the gateway's own, such as `example.org`. */
export const OutsideDomain = z
  .string()
  .max(190)
  .regex(new RegExp(`^(${LABEL}\\.)+${LABEL}$`))
  .refine((domain) => !/\.(onion|[0-9]+)$/.test(domain))
  .brand<'OutsideDomain'>();
export type OutsideDomain = z.infer<typeof OutsideDomain>;
