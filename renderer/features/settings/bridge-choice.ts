import { BridgeTransport } from '../../../shared/bridge-transport';
import type { Settings } from '../../../shared/settings';
import type { TorAbout } from '../../../shared/tor-about';
import { offerProblem } from '../../../shared/tor-about';

/** How tor gets onto its network: directly, by bridges that came along with it, or by the person's own. */
export type BridgeChoice = Settings['builtInBridges'] | 'own';

export type BridgeSettings = Pick<Settings, 'builtInBridges' | 'bridges'>;

/** What the settings say. */
export const chosenIn = ({ builtInBridges, bridges }: BridgeSettings): BridgeChoice =>
  builtInBridges === 'none' && bridges.length > 0 ? 'own' : builtInBridges;

/** What the settings are to say. Own lines are kept for later, unless the person wants to connect directly. */
export const settingsFor = (choice: BridgeChoice, lines: readonly string[]): BridgeSettings => ({
  builtInBridges: choice === 'own' ? 'none' : choice,
  bridges: choice === 'none' ? [] : [...lines],
});

export type BridgeOption = {
  readonly value: BridgeChoice;
  readonly label: string;
  readonly hint: string;
  readonly disabled: boolean;
};

const names: Readonly<Record<BridgeTransport, string>> = {
  obfs4: 'obfs4',
  snowflake: 'Snowflake',
  meek: 'meek',
  webtunnel: 'WebTunnel',
};
const looks: Readonly<Record<BridgeTransport, string>> = {
  obfs4: 'Looks like random data. Fast, and good in most places.',
  snowflake: 'Looks like a video call, by way of volunteers whose addresses change all the time.',
  meek: 'Looks like visits to a large company’s website. Slow.',
  webtunnel: 'Looks like visits to an ordinary website.',
};

/** Every way, in order; those that this tor cannot go by say what is missing and what to do. */
export const bridgeOptions = (about: TorAbout | undefined): readonly BridgeOption[] => [
  { value: 'none', label: 'Directly', hint: 'For networks that do not block Tor.', disabled: false },
  ...BridgeTransport.options.map((transport) => transportOption(about, transport)),
  { value: 'own', label: 'Bridges of your own', hint: 'Lines that somebody gave you.', disabled: false },
];

const transportOption = (about: TorAbout | undefined, transport: BridgeTransport): BridgeOption => {
  const label = about?.recommended === transport ? `${names[transport]} (recommended)` : names[transport];
  const problem = about === undefined ? 'Known when Tor has started.' : offerProblem(about, transport);
  return { value: transport, label, hint: problem ?? looks[transport], disabled: problem !== undefined };
};

/** What is in force, in a few words. */
export const inForce = (settings: BridgeSettings): string => {
  const choice = chosenIn(settings);
  if (choice === 'none') return 'Connecting directly';
  if (choice !== 'own') return `Connecting by ${names[choice]} bridges that came along with Tor`;
  const count = settings.bridges.length;
  return count === 1 ? 'Connecting by 1 bridge of your own' : `Connecting by ${count} bridges of your own`;
};
