import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/** The heading of what has just come up; takes the focus, so that keyboard and screen reader go on from it. */
export const FocusedHeading = ({ children }: { readonly children: ReactNode }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h3 ref={heading} tabIndex={-1} data-testid="card-heading">
      {children}
    </h3>
  );
};
