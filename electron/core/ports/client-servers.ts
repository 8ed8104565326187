import type { ImapDoor } from './imap';
import type { LocalServer } from './local-server';
import type { SubmissionDoor } from './submission';

/** A connection of another mail program, from its beginning. */
export type ClientConnection = {
  /** Cuts it off at once. */
  cut(): void;
  /** Resolves when it has ended. Never rejects. */
  readonly ended: Promise<void>;
};

type OnPort<Door> = { readonly port: number; readonly open: (connection: ClientConnection) => Door };

/** Servers for other mail programs of this machine. */
export type ClientServers = {
  /**
   * Serves IMAP on this port of 127.0.0.1; each connection gets a door of its own. `stop` ends all of them. Throws
   * `port-refused`.
   */
  imap(o: OnPort<ImapDoor>): Promise<LocalServer>;
  /** The same for submission (RFC 6409). */
  submission(o: OnPort<SubmissionDoor>): Promise<LocalServer>;
  /** Logs in to the IMAP server on this port of 127.0.0.1, as a mail program would. Never rejects. */
  tryImap(o: {
    readonly port: number;
    readonly user: string;
    readonly password: string;
  }): Promise<'logged-in' | 'refused' | 'no-answer'>;
};
