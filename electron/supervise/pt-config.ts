import { bridgeLineProblem } from '../../shared/bridge-line';
import { BridgeTransport, torTransportNames, transportOf } from '../../shared/bridge-transport';

/** What the Tor Project's `pt_config.json` says that Posthorn uses. */
export type PtConfig = {
  readonly recommended: BridgeTransport | undefined;
  /** Programs beside the file, by their names without a folder. */
  readonly programs: readonly {
    readonly transports: readonly string[];
    readonly name: string;
    readonly args: readonly string[];
  }[];
  readonly bridges: Partial<Record<BridgeTransport, readonly string[]>>;
};

/** As many as tor is told of; the file of today has 15 of the longest kind. */
const MOST_BRIDGES = 50;
const MOST_PROGRAMS = 10;
/** Older files name the program of Windows by a placeholder. */
const PLUGIN =
  /^ClientTransportPlugin ([a-z0-9_]+(?:,[a-z0-9_]+)*) exec \$\{pt_path\}([A-Za-z0-9_-]+)(?:\.exe|\$\{pt_extension\})?((?: [\x21-\x7e]+)*)$/;

/**
 * Reads `pt_config.json`. What is not known or not well formed is left out: the file is checked with the bundle it came
 * in, but a line of it must never become two in tor's configuration.
 * @param platform decides the ending of the programs' names
 * @returns undefined for text that is no such file at all
 */
export function readPtConfig(text: string, platform: NodeJS.Platform): PtConfig | undefined {
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  const bridges = fieldsOf(parsed['bridges']);
  return {
    recommended: BridgeTransport.options.find((transport) => transport === parsed['recommendedDefault']),
    programs: Object.values(fieldsOf(parsed['pluggableTransports']))
      .slice(0, MOST_PROGRAMS)
      .flatMap((line) => programIn(line, platform)),
    bridges: Object.fromEntries(
      BridgeTransport.options.map((transport) => [transport, linesOf(bridges[transport], transport)]),
    ),
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function programIn(line: unknown, platform: NodeJS.Platform): PtConfig['programs'] {
  const [, names = '', program, args = ''] = (typeof line === 'string' ? PLUGIN.exec(line) : null) ?? [];
  if (program === undefined) return [];
  const transports = names.split(',').filter((name) => Object.values(torTransportNames).includes(name));
  const name = platform === 'win32' ? `${program}.exe` : program;
  return transports.length === 0 ? [] : [{ transports, name, args: args.split(' ').filter((arg) => arg !== '') }];
}

function linesOf(value: unknown, transport: BridgeTransport): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((line): line is string => typeof line === 'string')
    .filter((line) => transportOf(line) === torTransportNames[transport] && bridgeLineProblem(line) === undefined)
    .slice(0, MOST_BRIDGES);
}
