/** Whether a name matches a pattern of LIST: `*` stands for anything, `%` for anything within one level. */
export type NamePattern = (name: string) => boolean;

/**
 * Reads a pattern (RFC 9051 6.3.9). Each match costs the length of the name times that of the pattern at most, and no
 * pattern is longer than what it could match: there is nothing to go back to.
 */
export function namePattern(text: string): NamePattern {
  const steps = Array.from(text.replaceAll(/[*%]+/g, (run) => (run.includes('*') ? '*' : '%')));
  const letters = steps.filter((step) => step !== '*' && step !== '%').length;
  return (name) => {
    const characters = Array.from(name);
    return letters <= characters.length && matches(steps, characters);
  };
}

/** Goes through the name once, with all places of the pattern that what came so far can have led to. */
function matches(steps: readonly string[], characters: readonly string[]): boolean {
  let places = new Uint8Array(steps.length + 1);
  places[0] = 1;
  passWildcards(places, steps);
  for (const character of characters) {
    const next = new Uint8Array(steps.length + 1);
    for (const [place, step] of steps.entries()) {
      if (places[place] === 0) continue;
      if (step === character) next[place + 1] = 1;
      else if (step === '*' || (step === '%' && character !== '/')) next[place] = 1;
    }
    passWildcards(next, steps);
    places = next;
  }
  return places[steps.length] === 1;
}

/** Wildcards may stand for nothing. */
function passWildcards(places: Uint8Array, steps: readonly string[]): void {
  for (const [place, step] of steps.entries())
    if (places[place] === 1 && (step === '*' || step === '%')) places[place + 1] = 1;
}
