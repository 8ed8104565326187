import type { Settings } from '../../../shared/settings';

/** Settings for bridges that came along with tor, or with `none` for a direct connection, which drops own lines. */
export function bridgeSettings(
  builtInBridges: Settings['builtInBridges'],
  bridges: readonly string[],
): Pick<Settings, 'builtInBridges' | 'bridges'> {
  return { builtInBridges, bridges: builtInBridges === 'none' ? [] : [...bridges] };
}
