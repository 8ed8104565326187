import { useMemo } from 'react';
import type { TrustGraph } from '../../../../shared/trust';
import type { Contact } from '../../../../shared/contact';
import { layOut } from './layout-web';
import type { Layout } from './layout-web';
import { namingBy } from './naming';
import { buildWeb } from './web';
import type { Person, Web } from './web';

/** The graph with the names that the person gave; undefined until both are read. */
export const useWeb = (graph: TrustGraph | undefined, contacts: readonly Contact[] | undefined): Web | undefined =>
  useMemo(
    () => (graph === undefined || contacts === undefined ? undefined : buildWeb(graph, namingBy(contacts))),
    [graph, contacts],
  );

const isBelieved = ({ kind }: Person): boolean => kind !== 'unbelieved' && kind !== 'invalid';

export type LaidOut = { readonly layout: Layout; readonly shown: ReadonlySet<number> };

/** Where everybody stands, with or without those whose keys are not believed. */
export const useLayOut = (web: Web, withUnbelieved: boolean): LaidOut =>
  useMemo(() => {
    const shown = new Set(web.people.filter((person) => withUnbelieved || isBelieved(person)).map(({ at }) => at));
    return { layout: layOut(web, ({ at }) => shown.has(at)), shown };
  }, [web, withUnbelieved]);
