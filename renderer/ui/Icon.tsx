import type { LucideIcon } from 'lucide-react';

export type IconType = LucideIcon;

export type IconProps = { readonly icon: IconType; readonly size?: number; readonly className?: string | undefined };

/** A decorative icon of the one set in use; the words beside it (or the button's label) carry the meaning. */
export const Icon = ({ icon: Glyph, size = 16, className }: IconProps) => (
  <Glyph size={size} strokeWidth={1.75} aria-hidden focusable={false} className={className} />
);
