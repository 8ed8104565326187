import { Download, List, Waypoints } from 'lucide-react';
import type { Identity } from '../../../shared/identity';
import { saveTrustPicture } from '../../actions/contacts/save-trust-picture';
import { askToConfirm } from '../../state/questions/confirmation';
import { useServices } from '../../state/services';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import type { IconType } from '../../ui/Icon';
import { countText } from './web/kind-words';
import { PersonSearch } from './PersonSearch';
import { svgOf } from './picture/svg-web';
import { showMode, showUnbelieved } from './trust-page-state';
import type { TrustMode } from './trust-page-state';
import styles from './TrustHead.module.css';
import { usePalette } from './picture/use-palette';
import type { LaidOut } from './web/use-web';
import type { Web } from './web/web';

export type TrustHeadProps = {
  readonly web: Web;
  readonly identity: Identity;
  readonly laidOut: LaidOut;
  readonly mode: TrustMode;
  readonly withUnbelieved: boolean;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly onChoose: (at: number) => void;
};

/** Title, search, and how the web is shown. */
export const TrustHead = (props: TrustHeadProps) => {
  const { web, laidOut, mode, withUnbelieved, search, onSearch, onChoose } = props;
  return (
    <header className={styles.head}>
      <div className={styles.headline}>
        <h1 className={styles.title}>Web of trust</h1>
        <p className={styles.count} data-testid="trust-count">
          {countText(laidOut.shown.size - 1)} around you
        </p>
      </div>
      <PersonSearch web={web} text={search} onText={onSearch} offers={mode === 'picture'} onChoose={onChoose} />
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={withUnbelieved}
          onChange={(event) => showUnbelieved(event.target.checked)}
          data-testid="trust-unbelieved"
        />
        Show not believed
      </label>
      <div className={styles.modes} role="group" aria-label="Show as">
        <ModeButton mode="picture" icon={Waypoints} label="Picture" current={mode} />
        <ModeButton mode="list" icon={List} label="List" current={mode} />
      </div>
      <ExportButton {...props} />
    </header>
  );
};

type ModeButtonProps = {
  readonly mode: TrustMode;
  readonly icon: IconType;
  readonly label: string;
  readonly current: TrustMode;
};

const ModeButton = ({ mode, icon, label, current }: ModeButtonProps) => (
  <button type="button" aria-pressed={mode === current} onClick={() => showMode(mode)} data-testid={`trust-as-${mode}`}>
    <Icon icon={icon} size={14} />
    {label}
  </button>
);

const ExportButton = ({ web, identity, laidOut }: TrustHeadProps) => {
  const services = useServices();
  const palette = usePalette();
  const ask = () =>
    askToConfirm({
      title: 'Save this picture?',
      text: `It shows whom you know: ${countText(laidOut.shown.size - 1)} with the names from your address book, and who vouches for whom. Whoever gets the file can read all of it.`,
      confirm: 'Save as SVG',
      run: () =>
        void saveTrustPicture(services, {
          address: identity.address,
          svg: svgOf({ web, palette, ...laidOut }, `Web of trust around ${identity.address}`),
        }),
    });
  return <IconButton icon={Download} label="Save as SVG…" onClick={ask} data-testid="trust-export" />;
};
