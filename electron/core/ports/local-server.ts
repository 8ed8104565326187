/** Where a server of ours listens for our tor: a port on 127.0.0.1, or the absolute path of a Unix socket. */
export type LocalDoor = number | string;

export type LocalServer = {
  readonly door: LocalDoor;
  /** Whether tor can still come in: the folder of a Unix socket may have been removed. Absent: always. */
  isOpen?(): Promise<boolean>;
  stop(): Promise<void>;
};

/** Places for Unix sockets that no other user of the machine can reach. */
export type PrivateSockets = {
  /** The path for another socket; undefined where there is no such place, and a loopback port has to do. */
  next(): Promise<string | undefined>;
  /** Whether the socket at such a path is still there. */
  isThere(path: string): Promise<boolean>;
  /** Removes the place with what was left in it. */
  close(): Promise<void>;
};
