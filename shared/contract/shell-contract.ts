import { z } from 'zod';
import { Bytes, method } from './rpc-kit';

const Nothing = z.strictObject({});
const Done = z.strictObject({});

/** How the program and this desktop go along. */
export const DesktopState = z.strictObject({
  /** The desktop has a tray, so that Posthorn can be seen there while its window is closed. */
  tray: z.boolean(),
  startsAtLogin: z.boolean(),
  /** Closing the window leaves the program running. */
  receivesWhenClosed: z.boolean(),
  asksBeforeQuit: z.boolean(),
});
export type DesktopState = z.infer<typeof DesktopState>;

/** What the page may ask of the desktop, through the one IPC channel of the main process. Never mail itself. */
export const shellContract = {
  'app.info': method(
    Nothing,
    /** `screenReader`: the desktop says that a program for access reads the window. */
    z.strictObject({
      version: z.string(),
      electron: z.string(),
      platform: z.string(),
      packaged: z.boolean(),
      screenReader: z.boolean(),
    }),
  ),
  /** Asks the person whether to end the program, as the menu's «Quit» does. */
  'app.askQuit': method(Nothing, Done),
  /** The person has said yes to it. */
  'app.quit': method(z.strictObject({ askAgain: z.boolean() }), Done),
  /** Hides the window. The person was told what goes on without it. */
  'window.hide': method(Nothing, Done),
  /**
   * Ends this page and its process, with everything it knew, and opens another in its place: the window or the profile
   * was locked. `renewed` is false where the page knows nothing that would have to end.
   */
  'window.renew': method(Nothing, z.strictObject({ renewed: z.boolean() })),
  'desktop.state': method(Nothing, DesktopState),
  /** Answers what holds now. */
  'desktop.change': method(
    z.strictObject({
      startsAtLogin: z.boolean().optional(),
      receivesWhenClosed: z.boolean().optional(),
      asksBeforeQuit: z.boolean().optional(),
    }),
    DesktopState,
  ),
  /** The page hears wishes from now on. */
  'wishes.listen': method(Nothing, Done),
  /** The page has done as it was wished, or shows the question. */
  'wishes.heard': method(z.strictObject({ wishId: z.number().int().nonnegative() }), Done),
  /** Asks for a new MessagePort to the core, after it was restarted. */
  'core.connect': method(Nothing, Done),
  /** A native save dialog; `saved: false` when the person cancelled. */
  'files.save': method(
    z.strictObject({ suggestedName: z.string().min(1).max(255), content: Bytes }),
    z.strictObject({ saved: z.boolean() }),
  ),
  /**
   * A native save dialog for what comes in pieces; the answer's id is good for `files.append` and `files.finish` once.
   * Absent: cancelled.
   */
  'files.create': method(
    z.strictObject({ suggestedName: z.string().min(1).max(255) }),
    z.strictObject({ fileId: z.uuid().optional() }),
  ),
  'files.append': method(z.strictObject({ fileId: z.uuid(), piece: Bytes }), Done),
  /** `keep: false` removes what was written. */
  'files.finish': method(z.strictObject({ fileId: z.uuid(), keep: z.boolean() }), Done),
  /**
   * Lets the page have the camera's picture (never its sound) once, or with false takes that back. `granted: false`
   * where the desktop refuses.
   */
  'camera.allow': method(z.strictObject({ allowed: z.boolean() }), z.strictObject({ granted: z.boolean() })),
  /**
   * A picture of the screen as PNG, to look for a code in; absent where the desktop does not allow it. Posthorn's own
   * window is hidden meanwhile.
   */
  'screen.capture': method(Nothing, z.strictObject({ png: Bytes.optional() })),
  /** The picture or text in the clipboard, to look for a card in. */
  'clipboard.read': method(
    Nothing,
    z.strictObject({ text: z.string().max(600_000).optional(), png: Bytes.optional() }),
  ),
  /** The page as a PDF for a printer or a file: the card that is shown for printing. */
  'page.print': method(Nothing, Done),
  'clipboard.write': method(z.strictObject({ text: z.string().max(100_000) }), Done),
  'window.setTheme': method(z.strictObject({ theme: z.enum(['system', 'light', 'dark']) }), Done),
  /** Whether this desktop has a keyring of its own that can keep the passphrase. */
  'keyring.state': method(Nothing, z.strictObject({ available: z.boolean(), remembered: z.boolean() })),
  'keyring.remember': method(z.strictObject({ passphrase: z.string().min(1).max(1_024) }), Done),
  'keyring.recall': method(Nothing, z.strictObject({ passphrase: z.string().optional() })),
  'keyring.forget': method(Nothing, Done),
} as const;

export type ShellContract = typeof shellContract;

/** What the preload script puts on `window.posthorn`. */
export type ShellBridge = {
  /** Calls one method of the shell contract; rejects with a `WireError`-shaped object. */
  call(method: keyof ShellContract, params: unknown): Promise<unknown>;
};

const Count = z.number().int().nonnegative();

/** What the main process wishes of the page. Numbers and states alone: it knows nothing else. */
export const ShellWish = z.discriminatedUnion('kind', [
  /** Store what is being written: the page may end. Heard when it is stored. */
  z.strictObject({ kind: z.literal('save') }),
  /** Begin a new message, as soon as the person may. */
  z.strictObject({ kind: z.literal('compose') }),
  /** The person has closed the window, and the page goes on unseen: the camera must go off. */
  z.strictObject({ kind: z.literal('unseen') }),
  /** Say what closing the window means, the first time. `receives`: mail arrives without it. */
  z.strictObject({ kind: z.literal('tell-closing'), tray: z.boolean(), receives: z.boolean() }),
  /** Ask whether to end the program, and say what ends with it. */
  z.strictObject({ kind: z.literal('ask-quit'), receives: z.boolean(), waiting: Count, keepsFor: Count }),
]);
export type ShellWish = z.infer<typeof ShellWish>;

/** `window.postMessage` type of a wish. */
export const WISH_MESSAGE = 'posthorn:wish';

/** A wish on its way to the page; `wishes.heard` answers it. */
export const WishMessage = z.strictObject({ type: z.literal(WISH_MESSAGE), wishId: Count, wish: ShellWish });
export type WishMessage = z.infer<typeof WishMessage>;

/** `window.postMessage` type under which the preload hands the page its MessagePort to the core. */
export const CORE_PORT_MESSAGE = 'posthorn:core-port';

/** `window.postMessage` type that tells the page that the core is gone and a new port will follow. */
export const CORE_LOST_MESSAGE = 'posthorn:core-lost';
