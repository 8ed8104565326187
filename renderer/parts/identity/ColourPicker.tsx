import { Check } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { IdentityColour } from '../../../shared/identity';
import { Icon } from '../../ui/Icon';
import styles from './ColourPicker.module.css';

export type ColourPickerProps = { readonly value: IdentityColour; readonly onChange: (colour: IdentityColour) => void };

/** Swatches for an identity's colour; arrow keys move between them. */
export const ColourPicker = ({ value, onChange }: ColourPickerProps) => (
  <div>
    <p className={styles.label} id="identity-colour">
      Colour
    </p>
    <RadioGroup.Root
      className={styles.row}
      value={value}
      onValueChange={(next) => onChange(IdentityColour.parse(next))}
      aria-labelledby="identity-colour"
      orientation="horizontal"
    >
      {IdentityColour.options.map((colour) => (
        <RadioGroup.Item
          key={colour}
          value={colour}
          className={styles.swatch}
          data-colour={colour}
          aria-label={colour}
          data-testid={`colour-${colour}`}
        >
          <RadioGroup.Indicator className={styles.tick}>
            <Icon icon={Check} size={14} />
          </RadioGroup.Indicator>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  </div>
);
