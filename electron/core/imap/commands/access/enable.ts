import type { Command } from '../../session/command';
import { ok } from '../../session/tagged';
import type { Session } from '../../session/session';

/** ENABLE (RFC 5161, RFC 9051 6.3.1): unknown names are left aside. */
export const enable: Command = {
  state: 'authenticated',
  read: (reader) => {
    const names: string[] = [];
    do {
      reader.space();
      names.push(reader.word());
    } while (!reader.isAtEnd);
    return ({ session }) => {
      const enabled = [...new Set(names)].filter((name) => turnOn(session.enabled, name));
      session.client.tell(['ENABLED', ...enabled].join(' '));
      return ok('Enabled');
    };
  },
};

/** Answers whether there is such a thing, and it was off. */
function turnOn(enabled: Session['enabled'], name: string): boolean {
  const switches: Record<string, readonly (keyof Session['enabled'])[]> = {
    CONDSTORE: ['condstore'],
    QRESYNC: ['qresync', 'condstore'],
    'UTF8=ACCEPT': ['utf8'],
    IMAP4REV2: ['rev2'],
  };
  const [own, ...implied] = switches[name] ?? [];
  if (!own || enabled[own]) return false;
  for (const each of [own, ...implied]) enabled[each] = true;
  return true;
}
