import type { Standing } from '../../../shared/trust';
import { present } from '../../../shared/present';
import type { NameOf } from '../../queries/use-contacts';
import { Badge } from '../../ui/Badge';
import { standingWords } from '../../words/standing-words';
import { standingIcon } from './standing-icon';

export type StandingBadgeProps = { readonly standing: Standing; readonly nameOf: NameOf; readonly testId?: string };

/** What a person's key is worth, in a word. */
export const StandingBadge = ({ standing, nameOf, testId }: StandingBadgeProps) => {
  const { title, tone } = standingWords(standing, nameOf);
  return (
    <Badge tone={tone} icon={standingIcon(standing)} {...present({ testId })}>
      {title}
    </Badge>
  );
};
