import { z } from 'zod';
import { Glance } from './glance';
import { TorKit } from './tor-about';

/** How the owner of the tor process tells the core where tor's control port is, or that there is none. */
export const TorLaunch = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('starting') }),
  z.strictObject({
    state: z.literal('running'),
    /** A port on 127.0.0.1, or the absolute path of a Unix socket. */
    controlPort: z.union([z.number().int().min(1).max(65_535), z.string().startsWith('/')]),
    cookiePath: z.string(),
    /** What tor it is; a test may leave it out. */
    kit: TorKit.optional(),
  }),
  z.strictObject({ state: z.literal('restarting'), retryAt: z.number().int() }),
  z.strictObject({ state: z.literal('failed'), reason: z.enum(['binary-missing', 'crashed']) }),
  z.strictObject({ state: z.literal('stopped') }),
]);
export type TorLaunch = z.infer<typeof TorLaunch>;

/** Main process to core. A `client` message carries one MessagePort beside it. */
export const ToCore = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), profileDirectory: z.string(), pgpWorkerPath: z.string() }),
  z.strictObject({ type: z.literal('client') }),
  z.strictObject({ type: z.literal('tor'), tor: TorLaunch }),
  z.strictObject({ type: z.literal('resumed') }),
  z.strictObject({ type: z.literal('screen-locked') }),
  z.strictObject({ type: z.literal('lock'), what: z.enum(['window', 'everything']) }),
  /** Unlocks behind locked windows, with what the desktop's keyring kept. */
  z.strictObject({ type: z.literal('unlock-behind'), passphrase: z.string().min(1).max(1_024) }),
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToCore = z.infer<typeof ToCore>;

/** Core to main process. */
export const FromCore = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('failed'), code: z.string().max(50), message: z.string().max(500) }),
  z.strictObject({ type: z.literal('pong') }),
  z.strictObject({ type: z.literal('glance'), glance: Glance }),
  /** What the desktop's keyring kept did not open the profile: nothing arrives until the person opens it. */
  z.strictObject({ type: z.literal('still-locked') }),
  /** Until the next `pong` the core does work of maybe minutes, and answers nothing. */
  z.strictObject({ type: z.literal('busy') }),
  z.strictObject({ type: z.literal('stopped') }),
]);
export type FromCore = z.infer<typeof FromCore>;
