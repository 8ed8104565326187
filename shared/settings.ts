import { z } from 'zod';
import { BridgeTransport } from './bridge-transport';
import { ListSort } from './message';

/** Mailboxes whose order is remembered. Ids of those that were deleted leave when others come. */
export const MAX_LIST_SORTS = 200;

const Port = z.number().int().min(1).max(65_535);

/** Whether other mail programs are let in, and by which ports of 127.0.0.1. */
export const ProgramPorts = z.strictObject({ isOn: z.boolean(), imapPort: Port, submissionPort: Port });
export type ProgramPorts = z.infer<typeof ProgramPorts>;

/** Settings of a profile; kept inside the vault, so readable only when it is unlocked. */
export const Settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Minutes without input until Posthorn locks itself; 0 never. */
  autoLockMinutes: z.number().int().min(0).max(1_440),
  /** What locks then: the window alone, while mail goes on arriving, or everything. */
  autoLocks: z.enum(['window', 'everything']),
  notifications: z.boolean(),
  /** Takes place, camera and times out of pictures when they are attached. */
  cleanPictures: z.boolean(),
  /** Whether the person has agreed to the camera being used for scanning; asked once. */
  cameraAllowed: z.boolean(),
  /** The person does not want to be told again why a holder is useful. */
  holderHintSeen: z.boolean(),
  /** How mailboxes are sorted that are not sorted by date, newest first; the last that was changed is the last. */
  listSorts: z
    .array(
      z.strictObject({
        /** `IDENTITY/MAILBOX`, each an id, or `all/inbox` or what the mailbox is for: only the window reads it. */
        list: z.string().max(80),
        sort: ListSort,
      }),
    )
    .max(MAX_LIST_SORTS)
    .optional(),
  /** Uses the bridges of this transport that came along with tor, in place of `bridges`. */
  builtInBridges: z.enum(['none', ...BridgeTransport.options]),
  /** Bridge lines as the Tor Project hands them out, one each; empty for a direct connection to the Tor network. */
  bridges: z
    .array(
      z
        .string()
        .min(3)
        .max(1_000)
        .regex(/^[\x20-\x7e]+$/),
    )
    .max(20),
  /** The way in for other mail programs of this machine. */
  programs: ProgramPorts,
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = {
  theme: 'system',
  autoLockMinutes: 0,
  // What automatic locking meant before there was a choice.
  autoLocks: 'everything',
  notifications: true,
  cleanPictures: true,
  cameraAllowed: false,
  holderHintSeen: false,
  builtInBridges: 'none',
  bridges: [],
  programs: { isOn: false, imapPort: 1143, submissionPort: 1587 },
};
