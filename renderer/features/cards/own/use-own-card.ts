import { useEffect, useState } from 'react';
import type { OwnCard } from '../../../../shared/card';
import type { IdentityId } from '../../../../shared/ids';
import { errorWords } from '../../../words/error-words';
import { useServices } from '../../../state/services';

/** The card for the screen, with its one-time code, and the one for paper and files, without. */
export type OwnCards = { readonly onScreen: OwnCard; readonly toKeep: OwnCard };

export type OwnCardState = { readonly cards: OwnCards | undefined; readonly error: string | undefined };

/** Codes are asked for anew when theirs ends, and never sooner than this after the last. */
const SHORTEST_MS = 5_000;

/** An identity's own cards; the one on the screen is renewed when its code ends. */
export const useOwnCard = (identityId: IdentityId): OwnCardState => {
  const { core } = useServices();
  const [state, setState] = useState<OwnCardState>({ cards: undefined, error: undefined });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    const ask = async () => {
      try {
        const [onScreen, toKeep] = await Promise.all([
          core.call('cards.own', { identityId, withCode: true }),
          core.call('cards.own', { identityId, withCode: false }),
        ]);
        if (!current) return;
        setState({ cards: { onScreen, toKeep }, error: undefined });
        const { codeExpiresAt } = onScreen;
        if (codeExpiresAt !== undefined)
          timer = setTimeout(() => void ask(), Math.max(SHORTEST_MS, codeExpiresAt - Date.now()));
      } catch (error) {
        if (current) setState((now) => ({ ...now, error: errorWords(error) }));
      }
    };
    void ask();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [core, identityId]);
  return state;
};
