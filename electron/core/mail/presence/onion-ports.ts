/** Ports that peers see on every onion (PROTOCOL.md 4 and 6). */
export const SMTP_PORT = 25;
export const HKP_PORT = 80;
