import { Pencil } from 'lucide-react';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { pick, usePicker } from '../../state/picker';
import type { Picking } from '../../state/picker';
import { Button } from '../../ui/Button';
import { classNames } from '../../ui/class-names';
import { Dialog } from '../../ui/dialogs/Dialog';
import { TextField } from '../../ui/fields/TextField';
import { Icon } from '../../ui/Icon';
import styles from './Picker.module.css';
import { ownerOf } from './picked-owner';
import { TagList } from './TagList';
import { usePickerChoices } from './use-picker-choices';
import type { Choice } from './use-picker-choices';

const titles: Readonly<Record<Picking['kind'], string>> = {
  'move-rows': 'Move to…',
  'move-mailbox': 'Move to…',
  tag: 'Tag',
  'change-tags': 'Tags',
};

/** Chooses a folder or a tag by typing a part of its name. */
export const Picker = () => {
  const picking = usePicker((picker) => picker.picking);
  return (
    <Dialog
      open={picking !== undefined}
      onOpenChange={() => pick(undefined)}
      size="small"
      title={titles[picking?.kind ?? 'move-rows']}
      testId="picker"
    >
      {picking?.kind === 'change-tags' && <TagList identityId={picking.identityId} />}
      {picking && picking.kind !== 'change-tags' && <Choices />}
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
      <ChangeTags />
    </div>
  );
};

/** The way from tagging to the tags, where they are one identity's. */
const ChangeTags = () => {
  const picking = usePicker((picker) => picker.picking);
  const owner = ownerOf(picking);
  if (picking?.kind !== 'tag' || !owner) return null;
  return (
    <div className={styles.below}>
      <Button
        tone="quiet"
        icon={Pencil}
        data-testid="change-tags"
        onClick={() => pick({ kind: 'change-tags', identityId: owner })}
      >
        Rename and colour tags…
      </Button>
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
