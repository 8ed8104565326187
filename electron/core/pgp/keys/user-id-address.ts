import { MAX_USER_ID_NAME } from '../../domain/key-limits';

/** A name has no bracket and no «@»: what looks like an address in it could be taken for the one that is meant. */
const NAMED = new RegExp(`^(?:[^<>@\\p{C}]{1,${MAX_USER_ID_NAME}} )?<([^<>]*)>$`, 'u');

/**
 * The address that a User ID is for: `address`, `<address>` or, as other programs write it, `Name <address>`. The name
 * is a claim, and shown nowhere here. Whether the address is one, is for the caller.
 */
export function userIdAddress(userId: string): string {
  return NAMED.exec(userId)?.[1] ?? userId;
}
