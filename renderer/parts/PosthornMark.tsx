/** The mark of Posthorn: a coiled horn on a rounded tile. Decorative; the name stands beside it. `size` in pixels. */
export const PosthornMark = ({ size }: { readonly size: number }) => (
  <svg width={size} height={size} viewBox="0 0 52 52" aria-hidden focusable={false}>
    <rect width="52" height="52" rx="13" fill="var(--accent)" />
    <g fill="none" stroke="var(--on-accent)" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round">
      <circle cx="25" cy="28" r="9.2" />
      <path d="M9.5 18.8H25a9.2 9.2 0 0 1 9.2 9.2" />
      <path d="M25 37.2h6.5c4.600 0 7.500 1.300 10.500 4V27.500c-2.400 2.400-4.600 3.800-7.800 4.300" />
      <path d="M9.500 16v5.600" />
    </g>
  </svg>
);
