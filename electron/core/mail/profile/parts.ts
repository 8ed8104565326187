import type { Services } from '../mailbox';

/**
 * A part of an identity, alive as long as the identity is in service. A new part is made in `start-parts.ts` and is one
 * line in the list there; nothing else need know of it. `wake`, `refresh` and `online` do not throw.
 */
export type Part = {
  /** Names the part in the log. */
  readonly name: string;
  /** Tor is back, or the person wants it: everything is tried now. */
  wake?(): void;
  /** Contacts or agreements changed: everyone who must know is told what differs. */
  refresh?(): void;
  /** The identity can be reached now, or no longer. */
  online?(isOnline: boolean): void;
  close(): void | Promise<void>;
};

/** Makes every part try now what waits. */
export function wakeParts(parts: readonly Part[]): void {
  for (const part of parts) part.wake?.();
}

/** Makes every part tell others what differs. */
export function refreshParts(parts: readonly Part[]): void {
  for (const part of parts) part.refresh?.();
}

/** Tells every part that the identity came online or went offline. */
export function putPartsOnline(parts: readonly Part[], isOnline: boolean): void {
  for (const part of parts) part.online?.(isOnline);
}

/**
 * Closes all parts at once: closing begins in the order of the list, and the promise resolves when every part has
 * ended. A part that cannot be closed is logged and does not keep the others open. Never rejects, so that the mail is
 * closed after it: an open file would keep its key in memory after a lock.
 */
export async function closeParts(services: Pick<Services, 'log'>, parts: readonly Part[]): Promise<void> {
  await Promise.all(
    parts.map(async (part) => {
      try {
        await part.close();
      } catch {
        services.log.error(`${part.name}.not-closed`);
      }
    }),
  );
}
