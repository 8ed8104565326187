import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { pick, usePicker } from '../../state/picker';
import { classNames } from '../../ui/class-names';
import { Dialog } from '../../ui/dialogs/Dialog';
import { TextField } from '../../ui/fields/TextField';
import { Icon } from '../../ui/Icon';
import styles from './Picker.module.css';
import { usePickerChoices } from './use-picker-choices';
import type { Choice } from './use-picker-choices';

/** Chooses a folder or a tag by typing a part of its name. */
export const Picker = () => {
  const picking = usePicker((picker) => picker.picking);
  return (
    <Dialog
      open={picking !== undefined}
      onOpenChange={() => pick(undefined)}
      size="small"
      title={picking?.kind === 'tag' ? 'Tag' : 'Move to…'}
      testId="picker"
    >
      {picking && <Choices />}
    </Dialog>
  );
};

const take = (choice: Choice | undefined): void => {
  if (!choice) return;
  pick(undefined);
  choice.run();
};

const Choices = () => {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const choices = usePickerChoices(typed);
  const active = Math.min(at, choices.length - 1);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setAt(Math.min(active + 1, choices.length - 1)),
    ArrowUp: () => setAt(Math.max(active - 1, 0)),
    Enter: () => take(choices[active]),
  };
  const keyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div>
      <TextField
        label="Name"
        hideLabel
        autoFocus
        placeholder="Type a part of the name"
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={active < 0 ? undefined : `${list}-${String(active)}`}
        data-testid="picker-text"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={keyDown}
      />
      <div role="listbox" id={list} aria-label="Choices" className={styles.list} data-testid="picker-choices">
        {choices.map((choice, index) => (
          <Option
            key={choice.key}
            choice={choice}
            id={`${list}-${String(index)}`}
            active={index === active}
            onPoint={() => setAt(index)}
          />
        ))}
      </div>
      {choices.length === 0 && <p className={styles.none}>Nothing has this name.</p>}
    </div>
  );
};

type OptionProps = {
  readonly choice: Choice;
  readonly id: string;
  readonly active: boolean;
  readonly onPoint: () => void;
};

const Option = ({ choice, id, active, onPoint }: OptionProps) => (
  <div
    role="option"
    id={id}
    tabIndex={-1}
    aria-selected={active}
    data-testid="picker-choice"
    className={classNames(styles.choice, active && styles.active)}
    onPointerMove={onPoint}
    onClick={() => take(choice)}
    onKeyDown={() => undefined}
  >
    <span className={styles.icon} data-colour={choice.colour}>
      <Icon icon={choice.icon} size={16} />
    </span>
    <span className={styles.words}>{choice.label}</span>
  </div>
);
