/** The connection has ended, so nothing more can be said on it. */
export class ClientGone extends Error {}
