import { Luggage } from 'lucide-react';
import { tryOrTell } from '../../actions/window/try-or-tell';
import { changeSettings } from '../../actions/profile/change-settings';
import type { CustodyOverview } from '../../../shared/custody';
import type { Identity } from '../../../shared/identity';
import { useContacts, useNames } from '../../queries/use-contacts';
import { useCustody } from '../../queries/use-custody';
import { useCurrentIdentity, useIdentities } from '../../queries/use-identities';
import { useCustodies } from '../../state/custody';
import { showIdentity, showView, useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import { useSettings } from '../../state/settings';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { bannerWords as words, otherRequestText, requestHeadline } from '../../words/custody-page-words';
import { localPartOf } from '../../words/address-text';
import styles from './custody.module.css';
import { holderBanners, otherAsked } from './holder-banners';
import { MissingRow } from './MissingRow';
import { missingHeadline, missingLines } from './missing-mail';

/**
 * Over the inbox: mail that is missing, people who ask, and once in a life why somebody should keep the user's mail.
 */
export const HolderBanners = () => {
  const identity = useCurrentIdentity();
  const holding = useCustody(identity?.id);
  const isInbox = useSelection(({ folder, search }) => folder === 'inbox' && search === undefined);
  if (identity === undefined || holding === undefined || !isInbox) return null;
  return <Shown identity={identity} holding={holding} />;
};

type ShownProps = { readonly identity: Identity; readonly holding: CustodyOverview };

const Shown = (props: ShownProps) => {
  const hintSeen = useSettings(({ settings }) => settings.holderHintSeen);
  const other = useOtherAsked(props.identity);
  const shown = holderBanners(props.holding, hintSeen);
  if (shown.length === 0 && other === undefined) return null;
  return (
    <div className={styles.banners} data-testid="holder-banners">
      {shown.includes('missing') && <Missing {...props} />}
      {shown.includes('request') && <Request {...props} />}
      {other !== undefined && <OtherRequest identity={other} />}
      {shown.includes('hint') && <Hint />}
    </div>
  );
};

const useOtherAsked = (present: Identity): Identity | undefined => {
  const identities = useIdentities() ?? [];
  return otherAsked({ identities, present, byIdentity: useCustodies((holdings) => holdings.byIdentity) });
};

const toPage = (): void => showView('holders');

const Missing = ({ identity, holding }: ShownProps) => {
  const contacts = useContacts(identity.id);
  if (contacts === undefined) return null;
  const lines = missingLines(holding.missing, contacts);
  const [first, ...others] = lines;
  if (first !== undefined && others.length === 0) return <MissingRow identityId={identity.id} line={first} />;
  return (
    <Banner tone="warning" testId="missing-banner" action={<Button onClick={toPage}>{words.look}</Button>}>
      <strong>{missingHeadline(lines)?.title}</strong>
    </Banner>
  );
};

const Request = ({ identity, holding }: ShownProps) => {
  const nameOf = useNames(identity.id);
  const names = holding.clients.filter(({ state }) => state === 'asked').map(({ address }) => nameOf(address));
  return (
    <Banner
      icon={Luggage}
      testId="request-to-keep"
      action={
        <Button onClick={toPage} data-testid="request-look">
          {words.look}
        </Button>
      }
    >
      {requestHeadline(names)}
    </Banner>
  );
};

const OtherRequest = ({ identity: { id, label, address } }: { readonly identity: Identity }) => {
  const go = () => {
    showIdentity(id);
    toPage();
  };
  return (
    <Banner
      icon={Luggage}
      testId="other-request-to-keep"
      action={
        <Button onClick={go} data-testid="other-request-look">
          {words.look}
        </Button>
      }
    >
      {otherRequestText(label || localPartOf(address))}
    </Banner>
  );
};

const Hint = () => {
  const services = useServices();
  const dismiss = () => void tryOrTell(() => changeSettings(services, { holderHintSeen: true }));
  return (
    <Banner
      icon={Luggage}
      testId="holder-hint"
      action={
        <>
          <Button onClick={toPage} data-testid="holder-hint-open">
            {words.how}
          </Button>
          <Button tone="quiet" onClick={dismiss} data-testid="holder-hint-dismiss">
            {words.notNow}
          </Button>
        </>
      }
    >
      {words.hint}
    </Banner>
  );
};
