import { QrCode, ScanLine } from 'lucide-react';
import { closeCardDialog, openOwnCard } from '../../../state/card-dialogs';
import { Button } from '../../../ui/Button';
import type { Scan } from './use-scan';

/** The ways on from a scan: show the own card in return, scan again, or close. */
export const ScanFooter = ({ scan }: { readonly scan: Scan }) => {
  const done = scan.step.kind === 'read' || scan.step.kind === 'verified';
  return (
    <>
      <Button
        tone="quiet"
        icon={QrCode}
        onClick={() => openOwnCard(scan.request.identityId)}
        data-testid="scan-show-own"
      >
        Show my card
      </Button>
      {done && (
        <Button icon={ScanLine} onClick={scan.again} data-testid="scan-again">
          {scan.step.kind === 'verified' ? 'Scan another' : 'Scan again'}
        </Button>
      )}
      <Button onClick={closeCardDialog} data-testid="scan-close">
        Close
      </Button>
    </>
  );
};
