import type { SecureContext } from 'node:tls';
import { BadCommand } from '../../grammar/bad-command';
import type { Command } from '../../session/command';
import { ok } from '../../session/tagged';

/**
 * STARTTLS (RFC 9051 6.2.1). What was sent ahead in plain text is never taken for what comes encrypted: somebody in
 * between could have put commands there.
 */
export function startTls(context: SecureContext | undefined): Command {
  return {
    state: 'not-authenticated',
    read:
      () =>
      ({ session }) => {
        if (!context || !session.canStartTls) throw new BadCommand('TLS is not to be had here');
        const { client } = session;
        if (!client.hasSentAhead()) return { ...ok('Begin TLS'), after: () => client.secure(context) };
        client.tell('BYE Commands stood behind STARTTLS');
        session.isOver = true;
        throw new BadCommand('Nothing may stand behind STARTTLS');
      },
  };
}
