import { dismissMissing } from '../../actions/custody/dismiss-missing';
import type { IdentityId } from '../../../shared/ids';
import { openComposer } from '../../state/compose';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { personName } from '../../words/address-text';
import type { MissingLine } from './missing-mail';

export type MissingRowProps = { readonly identityId: IdentityId; readonly line: MissingLine };

/** Mail of one person that has not arrived, and whom to ask about it. */
export const MissingRow = ({ identityId, line }: MissingRowProps) => {
  const services = useServices();
  // Whoever kept it knows best; else whoever wrote it.
  const asked = line.holder ?? line.sender;
  return (
    <Banner
      tone="warning"
      testId="missing-mail"
      action={
        <>
          {asked !== undefined && (
            <Button onClick={() => openComposer({ identityId, to: [asked.address] })} data-testid="missing-ask">
              Ask {personName(asked)}
            </Button>
          )}
          <Button
            tone="quiet"
            onClick={() => void dismissMissing(services, { identityId, contactId: line.mail.contactId })}
            data-testid="missing-dismiss"
          >
            Dismiss
          </Button>
        </>
      }
    >
      <strong>{line.title}</strong> {line.sentence}
    </Banner>
  );
};
