import { useCurrentIdentity } from '../../queries/use-identities';

/** The web of trust around the present identity: who vouches for whom. */
export const TrustPage = () => {
  const identity = useCurrentIdentity();
  if (identity === undefined) return null;
  return <div data-testid="trust-page" />;
};
