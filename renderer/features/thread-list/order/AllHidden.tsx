import { ListFilter as FilterIcon } from 'lucide-react';
import type { ListFilter } from '../../../../shared/lists/list-view';
import { filterList } from '../../../actions/window/choose-list';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { shownWords } from './list-view-words';

/** What stands in a mailbox of which the filter shows nothing. */
export const AllHidden = ({ filters }: { readonly filters: readonly ListFilter[] }) => (
  <EmptyState
    icon={FilterIcon}
    title="The filter hides everything here"
    text={`${shownWords(filters)} is shown, and this mailbox has no such message. The others are still there.`}
    action={<Button onClick={() => filterList([])}>Show all</Button>}
    testId="all-hidden"
  />
);
