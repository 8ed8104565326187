import type { IconType } from '../Icon';

/** One line of a menu; `separator` draws a line between groups. */
export type MenuEntry =
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly icon?: IconType;
      readonly shortcut?: string;
      readonly tone?: 'normal' | 'danger';
      readonly disabled?: boolean;
      readonly checked?: boolean;
      readonly testId?: string;
      readonly run: () => void;
    };
