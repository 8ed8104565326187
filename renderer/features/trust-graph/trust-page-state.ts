import { create } from 'zustand';

export type TrustMode = 'picture' | 'list';

/**
 * How the page was left. `mode` is undefined until the person has chosen: then screen readers get the list, others the
 * picture.
 */
type TrustPageState = { readonly mode: TrustMode | undefined; readonly withUnbelieved: boolean };

export const useTrustPage = create<TrustPageState>()(() => ({ mode: undefined, withUnbelieved: true }));

export const showMode = (mode: TrustMode): void => useTrustPage.setState({ mode });

export const showUnbelieved = (withUnbelieved: boolean): void => useTrustPage.setState({ withUnbelieved });
