import { useMemo } from 'react';
import type { TrustGraph } from '../../../../shared/trust';
import type { Contact } from '../../../../shared/contact';
import { localPartOf, shortAddress, shortOnion } from '../../../words/address-text';
import { layOut } from './layout-web';
import type { Layout } from './layout-web';
import { buildWeb } from './web';
import type { Person, Web } from './web';

/** Letters of a name, and of a stranger's local part, that stand below a sign. */
const NAME_LETTERS = 18;
const LOCAL_LETTERS = 11;
/** Letters of an onion that tell two strangers of one local part apart at a glance. */
const ONION_LETTERS = 4;

const cut = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
const strangerLabel = (address: string): string =>
  `${cut(localPartOf(address), LOCAL_LETTERS)}@${shortOnion(address).slice(0, ONION_LETTERS)}…`;

/**
 * The graph with the names that the person gave; others are called by a short address, which nobody can have chosen
 * freely.
 */
export const useWeb = (graph: TrustGraph | undefined, contacts: readonly Contact[] | undefined): Web | undefined =>
  useMemo(() => {
    if (graph === undefined || contacts === undefined) return undefined;
    const names = new Map<string, string>(
      contacts.filter(({ name }) => name !== '').map(({ address, name }) => [address, name]),
    );
    return buildWeb(graph, {
      nameOf: ({ address, isOwn }) => (isOwn ? 'You' : (names.get(address) ?? shortAddress(address))),
      labelOf: ({ address, isOwn }) => {
        const name = isOwn ? 'You' : names.get(address);
        return name === undefined ? strangerLabel(address) : cut(name, NAME_LETTERS);
      },
    });
  }, [graph, contacts]);

const isBelieved = ({ kind }: Person): boolean => kind !== 'unbelieved' && kind !== 'invalid';

export type LaidOut = { readonly layout: Layout; readonly shown: ReadonlySet<number> };

/** Where everybody stands, with or without those whose keys are not believed. */
export const useLayOut = (web: Web, withUnbelieved: boolean): LaidOut =>
  useMemo(() => {
    const shown = new Set(web.people.filter((person) => withUnbelieved || isBelieved(person)).map(({ at }) => at));
    return { layout: layOut(web, ({ at }) => shown.has(at)), shown };
  }, [web, withUnbelieved]);
