/**
 * Milliseconds after which something that was waited for hangs: nothing that is well takes so long on a machine three
 * times slower than two busy cores. The runner's own limits are in .config/limits.json and are longer.
 */
export const patienceMs = 300_000;
