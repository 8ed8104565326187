import type { MailClient, MailHolder } from '../../../shared/custody';

type Row = Pick<MailHolder, 'state' | 'address' | 'askedAt'> & Partial<Pick<MailClient, 'heldMessages'>>;

const order: Readonly<Record<MailHolder['state'], number>> = { active: 0, asked: 1, refused: 2, ended: 3 };

/** Whether nothing more comes of it: it was refused or has ended, and nothing is kept by it any more. */
const isOver = ({ state, heldMessages = 0 }: Row): boolean =>
  (state === 'refused' || state === 'ended') && heldMessages === 0;

/**
 * Those in force first, then those asked, then the rest; of one person nothing that is over and was followed by
 * something newer.
 */
export const currentRows = <One extends Row>(all: readonly One[]): readonly One[] =>
  all
    .filter(
      (one) => !isOver(one) || !all.some(({ address, askedAt }) => address === one.address && askedAt > one.askedAt),
    )
    .sort((one, other) => order[one.state] - order[other.state]);

/** Everything with this person that is over: what goes when they are forgotten. */
export const overWith = <One extends Row>(all: readonly One[], address: string): readonly One[] =>
  all.filter((one) => one.address === address && isOver(one));
