/**
 * Whether a name matches a pattern of LIST: `*` stands for anything, `%` for anything within one level. `rest` lets
 * others work within a long match.
 */
export type NamePattern = (name: string, rest: () => Promise<void>) => Promise<boolean>;

/** Places of a pattern that are looked at in one turn: less than a millisecond. */
const PLACES_OF_TURN = 50_000;

/**
 * Reads a pattern (RFC 9051 6.3.9). Each match costs the length of the name times that of the pattern at most, and no
 * pattern is longer than what it could match: there is nothing to go back to.
 */
export function namePattern(text: string): NamePattern {
  const steps = Array.from(text.replaceAll(/[*%]+/g, (run) => (run.includes('*') ? '*' : '%')));
  const letters = steps.filter((step) => step !== '*' && step !== '%').length;
  return async (name, rest) => {
    const characters = Array.from(name);
    return letters <= characters.length && matches(steps, characters, rest);
  };
}

/** Goes through the name once, with all places of the pattern that what came so far can have led to. */
async function matches(
  steps: readonly string[],
  characters: readonly string[],
  rest: () => Promise<void>,
): Promise<boolean> {
  let places = new Uint8Array(steps.length + 1);
  places[0] = 1;
  passWildcards(places, steps);
  let looked = 0;
  for (const character of characters) {
    places = placesAfter(character, places, steps);
    looked += places.length;
    if (looked < PLACES_OF_TURN) continue;
    looked = 0;
    await rest();
  }
  return places[steps.length] === 1;
}

function placesAfter(character: string, places: Uint8Array, steps: readonly string[]): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(steps.length + 1);
  for (let place = 0; place < steps.length; place += 1) {
    if (places[place] === 0) continue;
    const step = steps[place];
    if (step === character) next[place + 1] = 1;
    else if (step === '*' || (step === '%' && character !== '/')) next[place] = 1;
  }
  passWildcards(next, steps);
  return next;
}

/** Wildcards may stand for nothing. */
function passWildcards(places: Uint8Array, steps: readonly string[]): void {
  for (let place = 0; place < steps.length; place += 1)
    if (places[place] === 1 && (steps[place] === '*' || steps[place] === '%')) places[place + 1] = 1;
}
