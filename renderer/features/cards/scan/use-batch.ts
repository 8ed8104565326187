import { useCallback, useState } from 'react';
import type { IdentityId } from '../../../../shared/ids';
import { verifyCard } from '../../../actions/cards/verify-card';
import type { Certify } from '../../../actions/cards/verify-card';
import type { CardReading } from '../../../../shared/card';
import { errorWords } from '../../../words/error-words';
import { useServices } from '../../../state/services';
import { changed, isWaiting, withCard } from './batch';
import type { BatchRow } from './batch';

export type Batch = {
  readonly rows: readonly BatchRow[];
  readonly busy: boolean;
  readonly add: (text: string, reading: CardReading) => void;
  readonly setRemoved: (id: string, removed: boolean) => void;
  /** Vouches for everybody who waits, one after the other; each row tells how it went. */
  readonly verifyAll: (certify: Certify) => Promise<void>;
};

/** The people scanned one after the other, before and after they are verified together. */
export const useBatch = (identityId: IdentityId): Batch => {
  const services = useServices();
  const [rows, setRows] = useState<readonly BatchRow[]>([]);
  const [busy, setBusy] = useState(false);
  const change = useCallback((id: string, to: Partial<BatchRow>) => setRows((now) => changed(now, id, to)), []);
  const add = useCallback(
    (text: string, reading: CardReading) => setRows((now) => withCard(now, { id: crypto.randomUUID(), text, reading })),
    [],
  );
  const setRemoved = useCallback((id: string, removed: boolean) => change(id, { removed }), [change]);
  const verifyAll = async (certify: Certify) => {
    setBusy(true);
    for (const { id, text } of rows.filter(isWaiting)) {
      try {
        await verifyCard(services, { identityId, text, certify });
        change(id, { verified: true });
      } catch (error) {
        change(id, { failure: errorWords(error) });
      }
    }
    setBusy(false);
  };
  return { rows, busy, add, setRemoved, verifyAll };
};
