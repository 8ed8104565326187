/**
 * Octets of the path of a Unix socket: what fits into `sun_path` on macOS with its end; Linux has four more. A longer
 * one is refused.
 */
export const MAX_SOCKET_PATH = 103;
