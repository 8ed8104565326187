import { OnionHost } from '../../../../shared/ids';

const TOKEN = /^[a-z2-7]{26}$/;

/** `token@<onion of the client>` in RCPT TO (PROTOCOL.md 10); undefined for anything else. */
export function readHeldRecipient(text: string): { readonly token: string; readonly client: OnionHost } | undefined {
  const at = text.indexOf('@');
  const client = OnionHost.safeParse(text.slice(at + 1));
  const token = text.slice(0, at);
  return client.success && TOKEN.test(token) ? { token, client: client.data } : undefined;
}

/** The RCPT TO address by which a sender leaves mail for a client with a holder. */
export function heldRecipient(o: { readonly token: string; readonly client: OnionHost }): string {
  return `${o.token}@${o.client}`;
}
