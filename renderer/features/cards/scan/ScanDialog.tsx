import { useContacts } from '../../../queries/use-contacts';
import { useIdentities } from '../../../queries/use-identities';
import { closeCardDialog } from '../../../state/card-dialogs';
import type { ScanRequest } from '../../../state/card-dialogs';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { personName } from '../../../words/address-text';
import { IdentityLine } from '../own/IdentityLine';
import { ScanArea } from './ScanArea';
import { isWarning } from './is-warning';
import { ScanFooter } from './ScanFooter';
import { useScan } from './use-scan';

/** Scans cards: one person, or several at a meeting. */
export const ScanDialog = ({ request }: { readonly request: ScanRequest }) => {
  const scan = useScan(request);
  const identity = useIdentities()?.find(({ id }) => id === request.identityId);
  const expected = useContacts(request.identityId)?.find(({ id }) => id === request.expected);
  if (identity === undefined) return null;
  const title = expected === undefined ? 'Scan a card' : `Scan the code of ${personName(expected)}`;
  return (
    <Dialog
      open
      onOpenChange={closeCardDialog}
      title={title}
      description={<IdentityLine identity={identity} what="You scan as" />}
      size="large"
      // A warning has one way on only, in itself.
      {...(isWarning(scan.step) ? {} : { footer: <ScanFooter scan={scan} /> })}
      testId="scan-dialog"
    >
      <ScanArea scan={scan} />
    </Dialog>
  );
};
