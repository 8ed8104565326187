import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { renameSearch, saveSearch } from '../../actions/search/saved-searches';
import { nameSearch } from '../../state/searches';
import type { NamedSearch } from '../../state/searches';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { TextField } from '../../ui/fields/TextField';

const LONGEST_NAME = 100;
const close = (): void => nameSearch(undefined);

/** Asks what a search is to be called. */
export const SearchNameDialog = ({ of }: { readonly of: NamedSearch }) => {
  const services = useServices();
  const isNew = !('id' in of);
  const [name, setName] = useState(isNew ? of.text.slice(0, LONGEST_NAME) : of.name);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    void (isNew ? saveSearch(services, { ...of, name }) : renameSearch(services, { search: of, name }));
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title={isNew ? 'Save this search' : 'Rename the search'}
      size="small"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="name-search" tone="primary" data-testid="search-name-confirm">
            {isNew ? 'Save' : 'Rename'}
          </Button>
        </>
      }
      testId="search-name-dialog"
    >
      <form id="name-search" onSubmit={submit} noValidate>
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={LONGEST_NAME}
          autoFocus
          data-testid="search-name"
        />
      </form>
    </Dialog>
  );
};
