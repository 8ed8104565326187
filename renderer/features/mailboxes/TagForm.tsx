import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { changeTag } from '../../actions/mailboxes/change-tags';
import type { IdentityId } from '../../../shared/ids';
import type { Tag } from '../../../shared/mailbox';
import { ColourPicker } from '../../parts/identity/ColourPicker';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/fields/TextField';
import styles from './Picker.module.css';

const LONGEST_NAME = 60;

export type TagFormProps = { readonly identityId: IdentityId; readonly tag: Tag; readonly onEnd: () => void };

/** The name and the colour of a tag. */
export const TagForm = ({ identityId, tag, onEnd }: TagFormProps) => {
  const services = useServices();
  const [name, setName] = useState(tag.name);
  const [colour, setColour] = useState(tag.colour);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (name.trim() === '') return;
    if (await changeTag(services, { identityId, tag: { ...tag, name, colour } })) onEnd();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate data-testid="tag-form">
      <TextField
        label="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={LONGEST_NAME}
        autoFocus
        data-testid="tag-name"
      />
      <ColourPicker value={colour} onChange={setColour} />
      <div className={styles.buttons}>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" tone="primary" data-testid="tag-save">
          Save
        </Button>
      </div>
    </form>
  );
};
