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

type Listen<Door> = {
  /** Of 127.0.0.1. Absent: behind a door of its own, as `LocalServer.door` says, that only our tor is led to. */
  readonly port?: number;
  readonly open: (connection: ClientConnection) => Door;
};

/** Servers for other mail programs. */
export type ClientServers = {
  /**
   * Serves IMAP on a port; each connection gets a door of its own. `stop` ends all of them. Throws `port-refused`.
   */
  imap(o: Listen<ImapDoor>): Promise<LocalServer>;
  /** The same for submission (RFC 6409). */
  submission(o: Listen<SubmissionDoor>): Promise<LocalServer>;
  /** Logs in to the IMAP server on this port of 127.0.0.1, as a mail program would. Never rejects. */
  tryImap(o: {
    readonly port: number;
    readonly user: string;
    readonly password: string;
  }): Promise<'logged-in' | 'refused' | 'no-answer'>;
};
