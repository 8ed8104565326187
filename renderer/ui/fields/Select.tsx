import { Check, ChevronsUpDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { Icon } from '../Icon';
import styles from './Select.module.css';

export type SelectProps<Value extends string> = {
  /** Names the control for screen readers. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly testId?: string;
};

/** One choice of a short list. */
export const Select = <Value extends string>({ label, value, options, onChange, testId }: SelectProps<Value>) => {
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onChange(option.value);
  };
  return (
    <Radix.Root value={value} onValueChange={choose}>
      <Radix.Trigger className={styles.trigger} aria-label={label} data-testid={testId}>
        <Radix.Value />
        <Icon icon={ChevronsUpDown} size={14} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content position="popper" sideOffset={4} collisionPadding={8} className={styles.list}>
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item key={option.value} value={option.value} className={styles.item}>
                <Radix.ItemIndicator className={styles.tick}>
                  <Icon icon={Check} size={14} />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};
