import type { MailAddress } from '../../../../shared/ids';
import { PUSH_ALL, PUSH_FEW } from './list-limits';
import type { ListState } from './list-state';

/**
 * Who gets a new entry at once: all other members of a small list, a few of a large one, drawn with `fraction` (uniform
 * in [0, 1)). Never anybody who is no member.
 */
export function pushTargets(
  { members }: Pick<ListState, 'members'>,
  o: { readonly self: MailAddress; readonly fraction: () => number },
): MailAddress[] {
  const others = [...members.keys()].filter((address) => address !== o.self);
  return others.length < PUSH_ALL ? others : drawn(others, { count: PUSH_FEW, fraction: o.fraction });
}

/** Who is asked what is new: anybody, so that news finds its way round whoever is away. */
export function syncPartners(
  { members }: Pick<ListState, 'members'>,
  o: { readonly self: MailAddress; readonly count: number; readonly fraction: () => number },
): MailAddress[] {
  return drawn(
    [...members.keys()].filter((address) => address !== o.self),
    o,
  );
}

function drawn(from: readonly MailAddress[], o: { count: number; fraction: () => number }): MailAddress[] {
  const left = [...from];
  const found: MailAddress[] = [];
  while (found.length < o.count && left.length > 0)
    found.push(...left.splice(Math.floor(o.fraction() * left.length), 1));
  return found;
}
