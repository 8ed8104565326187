/** Where a server of ours listens for our tor: a port on 127.0.0.1, or the absolute path of a Unix socket. */
export type LocalDoor = number | string;

export type LocalServer = { readonly door: LocalDoor; stop(): Promise<void> };

/** Places for Unix sockets that no other user of the machine can reach. */
export type PrivateSockets = {
  /** The path for another socket; undefined where there is no such place, and a loopback port has to do. */
  next(): Promise<string | undefined>;
  /** Removes the place with what was left in it. */
  close(): Promise<void>;
};
