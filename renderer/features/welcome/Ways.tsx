import { ArchiveRestore, ArrowLeft, ScrollText } from 'lucide-react';
import { Button } from '../../ui/Button';
import type { WelcomeWay } from './welcome-way';

export type WaysProps = { readonly way: WelcomeWay; readonly onWay: (way: WelcomeWay) => void };

/** The other ways to begin, or the way back to beginning with nothing. */
export const Ways = ({ way, onWay }: WaysProps) =>
  way === 'new' ? (
    <>
      <Button tone="quiet" icon={ArchiveRestore} onClick={() => onWay('backup')} data-testid="restore-backup">
        Restore from a backup…
      </Button>
      <Button tone="quiet" icon={ScrollText} onClick={() => onWay('paper')} data-testid="restore-paper">
        Restore an address from paper…
      </Button>
    </>
  ) : (
    <Button tone="quiet" icon={ArrowLeft} onClick={() => onWay('new')} data-testid="restore-back">
      Begin with a new address instead
    </Button>
  );
