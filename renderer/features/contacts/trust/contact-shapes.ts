/** What can be opened over a contact. */
export type TrustDialog = 'compare' | 'introducer' | 'introduce' | 'export';
